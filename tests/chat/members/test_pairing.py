"""A code becomes a token, once; a token is a device until it is revoked."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chat.actor import OWNER, Role
from chat.errors import ChatError, ErrorCode
from chat.members import members, pairing
from chat.members.failure_counts import FailureCounts
from chat.members.tokens import digest
from chat.models import Conversation, Device, Member, PairingCode, Persona
from chat.service import ChatService
from chat.store import in_database
from chat.store.devices import known_device
from chat.store.pairing_codes import use_code
from tests.chat.access.clock import Clock
from tests.chat.paired_server import PHONE, Caller, owner, paired, program, unpaired
from tests.patience import PATIENCE


async def _refused(code: str) -> ErrorCode:
    with pytest.raises(ChatError) as raised:
        await pairing.redeem(code, "Phone", PHONE)
    return raised.value.code


async def test_a_code_makes_one_device(paired_service: ChatService) -> None:
    invitation = await pairing.invite(OWNER)
    made = await pairing.redeem(invitation.code, "小明的手机", PHONE)
    assert (made.member.id, made.member.role) == (OWNER, Role.OWNER)
    assert made.device.name == "小明的手机"
    assert await _refused(invitation.code) is ErrorCode.UNKNOWN_CODE


async def test_of_many_at_once_one_gets_the_device(paired_service: ChatService) -> None:
    code = (await pairing.invite(OWNER)).code
    attempts = [pairing.redeem(code, "Phone", f"10.0.0.{n}") for n in range(8)]
    results = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(result, pairing.Paired) for result in results) == 1
    assert await in_database(Device.objects.count) == 1


async def test_a_code_is_over_after_ten_minutes(paired_service: ChatService) -> None:
    invitation = await pairing.invite(OWNER)
    left = invitation.expires_at - timezone.now()
    assert timedelta(minutes=9) < left <= timedelta(minutes=10)
    await in_database(PairingCode.objects.update, expires_at=timezone.now())
    assert not await pairing.is_open(invitation)
    assert await _refused(invitation.code) is ErrorCode.UNKNOWN_CODE


async def test_no_secret_is_in_the_database(paired_service: ChatService) -> None:
    invitation = await pairing.invite(OWNER)
    made = await pairing.redeem(invitation.code, "Phone", PHONE)
    assert (len(invitation.code), len(made.token)) == (22, 43)
    rows = await in_database(_everything)
    assert digest(made.token) in rows
    assert made.token not in rows
    assert invitation.code not in rows


def _everything() -> str:
    models = (Member, Device, PairingCode)
    return repr([list(model.objects.values()) for model in models])


async def test_a_token_is_compared_as_a_whole(paired_service: ChatService) -> None:
    phone = await paired()
    assert phone.token
    for wrong in ("", phone.token[:-1], phone.token + "A", phone.token.swapcase(), "\ud800"):
        assert await pairing.recognise(wrong) is None


async def test_a_device_is_seen_once_a_minute(paired_service: ChatService) -> None:
    phone = await paired()
    key = digest(phone.token or "")
    assert await in_database(_writes, key) == 0
    ago = timezone.now() - timedelta(seconds=61)
    await in_database(Device.objects.update, last_seen=ago)
    assert await in_database(_writes, key) == 1
    assert await in_database(_writes, key) == 0


def _writes(token_hash: str) -> int:
    """Devices that looking one up has changed."""
    seen = Device.objects.values_list("last_seen", flat=True)
    before = list(seen)
    assert known_device(token_hash)
    return sum(old != new for old, new in zip(before, seen.all(), strict=True))


async def test_a_stranger_pairs_over_http_and_is_known_afterwards(
    paired_service: ChatService,
) -> None:
    shown = (await owner().call("POST", "/devices/code", {})).json()
    code = (await pairing.invite(OWNER)).code
    assert shown["member"] == OWNER
    response = await unpaired().call("POST", "/pair", {"code": code, "name": "Pixel\u202e 9"})
    assert response.status_code == 201
    assert response.headers["cache-control"] == "no-store"
    phone = Caller(PHONE, response.json()["token"])
    (device,) = (await phone.call("GET", "/devices")).json()["devices"]
    assert (device["name"], device["current"]) == ("Pixel 9", True)
    me = (await phone.call("GET", "/me")).json()
    assert (me["role"], me["device"]) == ("owner", device["id"])


async def test_guessing_codes_is_bounded_and_told_how_long(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowed = FailureCounts(5, 900, Clock())
    monkeypatch.setattr(pairing, "misses", lambda: slowed)
    guesses = [
        await unpaired().call("POST", "/pair", {"code": "x" * 22, "name": "P"}) for _ in range(20)
    ]
    codes = [answer.json()["code"] for answer in guesses]
    assert codes == ["unknown_code"] * 5 + ["too_many_attempts"] * 15
    last = guesses[-1]
    assert (last.status_code, last.headers["retry-after"]) == (429, "1")
    assert "1 seconds" in last.json()["message"]


async def test_a_right_code_works_whoever_guessed_before(paired_service: ChatService) -> None:
    code = (await pairing.invite(OWNER)).code
    for number in range(60):
        await Caller(f"192.168.43.{number}").call("POST", "/pair", {"code": "x", "name": "P"})
    for _ in range(9):
        await unpaired().call("POST", "/pair", {"code": "x", "name": "P"})
    assert (await unpaired().call("POST", "/pair", {"code": "x", "name": "P"})).status_code == 429
    assert (await unpaired().call("POST", "/pair", {"code": code, "name": "P"})).status_code == 201


async def test_a_code_nobody_has_makes_the_database_write_nothing(
    paired_service: ChatService,
) -> None:
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries, pytest.raises(ChatError):
            use_code("0" * 64, "P", "1" * 64)
        return [query["sql"].split()[0] for query in queries]

    assert await in_database(asked) == ["SELECT"]


async def test_a_device_is_renamed_and_revoked_by_its_member(paired_service: ChatService) -> None:
    phone, other = await paired(Role.MEMBER), await paired(Role.MEMBER)
    path = f"/devices/{phone.device}"
    assert (await other.call("PATCH", path, {"name": "mine"})).json()["code"] == "unknown_device"
    assert (await other.call("DELETE", path)).status_code == 404
    renamed = (await phone.call("PATCH", path, {"name": " 新\u0007名字 "})).json()
    assert renamed["name"] == "新名字"
    assert (await owner().call("DELETE", path)).status_code == 204
    response = await phone.call("GET", "/devices")
    assert (response.status_code, response.json()["code"]) == (401, "unpaired")
    assert (await owner().call("DELETE", path)).status_code == 404


async def test_a_revoked_token_helps_nobody_on_the_computer_itself(
    paired_service: ChatService,
) -> None:
    phone = await paired()
    await owner().call("DELETE", f"/devices/{phone.device}")
    assert (await Caller("127.0.0.1", phone.token).call("GET", "/me")).status_code == 401
    assert (await owner().call("GET", "/me")).json()["role"] == "owner"


async def test_a_server_proves_to_a_device_that_it_gave_the_token(
    paired_service: ChatService,
) -> None:
    code = (await pairing.invite(OWNER)).code
    paired = await pairing.redeem(code, "P", "192.0.2.7")
    ask = {"device": paired.device.id, "question": "Q"}
    told = (await unpaired().call("POST", "/pair/server", ask)).json()
    key = hashlib.sha256(paired.token.encode()).hexdigest().encode()
    wanted = hmac.new(key, f"{told['server']}.Q".encode(), "sha256").hexdigest()
    assert told["proof"] == wanted
    other = (await unpaired().call("POST", "/pair/server", {"question": "Q"})).json()
    assert other == {"server": told["server"], "proof": ""}
    unknown = await unpaired().call("POST", "/pair/server", {"device": "x", "question": "Q"})
    assert unknown.json() == other


async def test_a_key_is_listed_as_one_and_revoked_like_a_device(
    paired_service: ChatService,
) -> None:
    script, phone = await program(), await paired()
    listed = (await phone.call("GET", "/devices")).json()["devices"]
    assert {device["id"]: device["is_key"] for device in listed} == {
        script.device: True,
        phone.device: False,
    }
    assert (await script.call("GET", "/me")).json()["role"] == "owner"
    async with script.known_socket() as socket:
        assert (await phone.call("DELETE", f"/devices/{script.device}")).status_code == 204
        async with asyncio.timeout(PATIENCE):
            assert await socket.closed_with() == 4401
    assert (await script.call("GET", "/me")).status_code == 401


async def test_a_key_is_kept_as_its_digest_and_refused_in_an_address(
    paired_service: ChatService,
) -> None:
    script = await program()
    assert script.token
    assert script.token.startswith("myllm_")
    rows = await in_database(_everything)
    assert digest(script.token) in rows
    assert script.token not in rows
    address = f"/api/v1/me?token={script.token}"
    assert (await unpaired().ask("GET", address)).json()["code"] == "token_in_address"


async def test_the_owner_invites_another_member_and_a_guest(paired_service: ChatService) -> None:
    made = (await owner().call("POST", "/members", {"name": "小红", "colour": "#c2410c"})).json()
    hers = (await owner().call("POST", "/devices/code", {"member": made["id"]})).json()
    assert hers["member"] == made["id"]
    todays = (await owner().call("POST", "/devices/code", {"guest": True})).json()
    members = (await owner().call("GET", "/members")).json()["members"]
    assert [one["role"] for one in members] == ["owner", "member", "guest"]
    assert members[2]["id"] == todays["member"]


async def test_a_member_invites_for_nobody_else(paired_service: ChatService) -> None:
    phone = await paired(Role.MEMBER)
    for wish in ({"member": OWNER}, {"guest": True}):
        assert (await phone.call("POST", "/devices/code", wish)).json()["code"] == "not_allowed"
    assert (await phone.call("POST", "/devices/code", {"member": phone.owner})).status_code == 201


async def test_a_guests_day_ends_with_all_that_was_theirs(paired_service: ChatService) -> None:
    guest = await paired(Role.GUEST)
    await guest.call("POST", "/conversations", {"title": "x"})
    await guest.call("POST", "/personas", {"name": "x", "prompt": "x"})
    await in_database(Member.objects.filter(pk=guest.owner).update, expires_at=timezone.now())
    assert (await guest.call("GET", "/conversations")).status_code == 401
    await paired_service.remover.settle()
    assert await in_database(_left_of, guest.owner) == 0


def _left_of(member: str) -> int:
    owned = Conversation.objects.filter(owner=member).count() + Persona.objects.count()
    return owned + Member.objects.filter(pk=member).count() + Device.objects.count()


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-05-01T09:00:00+08:00", "2026-05-02T04:00:00+08:00"),
        ("2026-05-01T23:59:00+08:00", "2026-05-02T04:00:00+08:00"),
        ("2026-05-02T01:00:00+08:00", "2026-05-02T04:00:00+08:00"),
        ("2026-12-31T12:00:00+00:00", "2027-01-01T04:00:00+00:00"),
    ],
)
def test_a_day_ends_when_the_evening_is_over(now: str, end: str) -> None:
    assert members.end_of_day(datetime.fromisoformat(now)) == datetime.fromisoformat(end)


async def test_a_member_leaves_with_everything_and_the_owner_stays(
    paired_service: ChatService,
) -> None:
    phone = await paired(Role.MEMBER)
    await phone.call("POST", "/conversations", {"title": "x"})
    assert (await owner().call("DELETE", f"/members/{phone.owner}")).status_code == 204
    assert (await phone.call("GET", "/me")).status_code == 401
    await paired_service.remover.settle()
    assert await in_database(_left_of, phone.owner) == 0
    assert (await owner().call("DELETE", f"/members/{OWNER}")).json()["code"] == "not_allowed"


async def test_a_member_is_renamed_without_marks_that_mislead(paired_service: ChatService) -> None:
    phone = await paired(Role.MEMBER)
    path = f"/members/{phone.owner}"
    changed = (await owner().call("PATCH", path, {"name": "Mi\u202eng\x1b"})).json()
    assert changed["name"] == "Ming"
    assert (await owner().call("PATCH", path, {"colour": "red"})).status_code == 422
    assert (await owner().call("PATCH", "/members/nobody", {"colour": ""})).status_code == 404


async def test_no_log_line_has_a_token_or_a_code(
    paired_service: ChatService, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    code = (await pairing.invite(OWNER)).code
    phone = Caller(
        PHONE, (await unpaired().call("POST", "/pair", {"code": code, "name": "P"})).json()["token"]
    )
    asked = (await unpaired().call("POST", "/pair/request", {"name": "P"})).json()
    script = await program()
    await script.call("GET", "/nothing")
    secrets = [code, phone.token or "", script.token or "", asked["request"]]
    for path, body in (("/pair", {"code": code, "name": "P"}), ("/pair/claim", {"request": code})):
        await unpaired().call("POST", path, body)
    await phone.call("GET", "/nothing")
    async with phone.known_socket():
        pass
    monkeypatch.setattr(pairing, "redeem", _broken)
    response = await unpaired().call("POST", "/pair", {"code": code, "name": "P"})
    assert response.status_code == 500
    assert "POST api/v1/pair failed" in caplog.text
    assert not [secret for secret in secrets if secret in caplog.text]


async def _broken(*_: Any) -> None:
    raise RuntimeError("broken")


async def test_recognising_a_device_takes_one_query(paired_service: ChatService) -> None:
    phone = await paired()
    assert await in_database(_queries, digest(phone.token or "")) <= 2


def _queries(token_hash: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        known_device(token_hash)
    return len(queries)
