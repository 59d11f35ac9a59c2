"""Signing in by name and password, in place of a code."""

from __future__ import annotations

import pytest
from django.utils import timezone

from chat.actor import TERMINAL
from chat.current_service import current_service
from chat.errors import ChatError
from chat.members import members, passwords, sign_in
from chat.members.hashing import HashingQueue
from chat.members.passwords import encode, matches
from chat.models import Member
from chat.service import ChatService
from chat.store import in_database
from chat.store.members import StoredMember
from tests.chat.paired_server import Caller, owner, paired, unpaired

GOOD = "correct horse battery"


async def _ming(password: str = GOOD) -> StoredMember:
    made = await members.add(TERMINAL, "Ming", "")
    return await members.change(TERMINAL, current_service(), made.id, {"password": password})


async def _sign_in(member: str, password: str, caller: Caller | None = None) -> tuple[int, str]:
    body = {"member": member, "password": password, "name": "TV"}
    response = await (caller or unpaired()).call("POST", "/pair/password", body)
    return response.status_code, response.json().get("code") or response.json()["token"]


async def test_a_name_and_its_password_make_a_device(paired_service: ChatService) -> None:
    ming = await _ming()
    status, token = await _sign_in("Ming", GOOD)
    assert status == 201
    screen = unpaired()
    screen.token = token
    me = (await screen.call("GET", "/me")).json()
    assert (me["role"], me["member"]["id"], me["member"]["has_password"]) == (
        "member",
        ming.id,
        True,
    )
    assert "password" not in me["member"]


async def test_whatever_is_wrong_is_told_in_one_way(paired_service: ChatService) -> None:
    await _ming()
    await members.add(TERMINAL, "Hong", "")
    wrong = (403, "wrong_password")
    assert await _sign_in("Ming", "correct horse") == wrong
    assert await _sign_in("Hong", "") == wrong
    assert await _sign_in("Nobody", GOOD) == wrong
    assert await _sign_in("everyone", GOOD) == wrong


async def test_an_unknown_name_takes_a_hash_as_well(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _ming()
    passwords._unusable()
    hashed: list[str] = []

    def count(password: str, kept: str) -> bool:
        hashed.append(kept.split("$", maxsplit=1)[0])
        return False

    monkeypatch.setattr(passwords, "check_password", count)
    for name in ("Ming", "Nobody"):
        await _sign_in(name, "x")
    assert hashed[0] == hashed[1] != ""


async def test_guessing_is_slowed_by_address(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _ming()
    monkeypatch.setattr(passwords, "check_password", lambda given, _: given == GOOD)
    guesses = [await _sign_in("Nobody", "x") for _ in range(6)]
    assert [code for _, code in guesses] == ["wrong_password"] * 5 + ["too_many_attempts"]
    assert (await _sign_in("Ming", GOOD))[0] == 429
    assert (await _sign_in("Ming", GOOD, Caller("192.168.43.99")))[0] == 201


async def test_guessing_is_slowed_by_member(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _ming()
    monkeypatch.setattr(passwords, "check_password", lambda given, _: given == GOOD)
    from_many = [await _sign_in("Ming", "x", Caller(f"10.0.0.{n}")) for n in range(60)]
    assert sum(status == 403 for status, _ in from_many) < 56
    assert from_many[-1][0] == 429
    assert (await _sign_in("Hong", "x", Caller("10.0.1.1")))[0] == 403


async def test_ones_own_success_does_not_make_guesses_at_another_forgotten(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _ming()
    monkeypatch.setattr(passwords, "check_password", lambda given, _: given == GOOD)
    for _ in range(4):
        await _sign_in("Hong", "x")
    assert (await _sign_in("Ming", GOOD))[0] == 201
    assert [(await _sign_in("Hong", "x"))[0] for _ in range(2)] == [403, 429]


async def test_a_check_that_found_no_place_counts_as_no_failure(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _ming()
    full = HashingQueue(1)
    full._free.acquire()
    monkeypatch.setattr(sign_in, "hashing", lambda: full)
    assert {await _sign_in("Ming", GOOD) for _ in range(9)} == {(503, "overloaded")}
    full._free.release()
    assert (await _sign_in("Ming", GOOD))[0] == 201


async def test_a_guest_whose_day_is_over_stays_out(paired_service: ChatService) -> None:
    guest = await members.add_guest(TERMINAL)
    await members.change(TERMINAL, paired_service, guest.id, {"name": "Guest", "password": GOOD})
    assert (await _sign_in("Guest", GOOD))[0] == 201
    await in_database(Member.objects.filter(pk=guest.id).update, expires_at=timezone.now())
    assert (await _sign_in("Guest", GOOD))[1] == "wrong_password"


async def test_the_owner_sets_it_over_rest_and_nobody_else(paired_service: ChatService) -> None:
    ming = await members.add(TERMINAL, "Ming", "")
    path = f"/members/{ming.id}"
    assert (await owner().call("PATCH", path, {"password": GOOD})).json()["has_password"]
    assert (await _sign_in("Ming", GOOD))[0] == 201
    weak = await owner().call("PATCH", path, {"password": "12345678"})
    assert (weak.status_code, weak.json()["code"]) == (422, "weak_password")
    phone = await paired()
    phone.token = (await _sign_in("Ming", GOOD))[1]
    assert (await phone.call("PATCH", path, {"password": ""})).status_code == 403
    assert not (await owner().call("PATCH", path, {"password": ""})).json()["has_password"]
    assert (await _sign_in("Ming", ""))[1] == "wrong_password"


def test_a_password_is_kept_as_a_hash_and_nothing_is_kept_for_none() -> None:
    kept = encode(GOOD)
    assert GOOD not in kept
    assert matches(GOOD, kept)
    assert not matches("other", kept)
    assert encode("") == ""
    assert not matches("", "")
    assert not matches("nobody's", None)
    with pytest.raises(ChatError):
        encode("password")
