"""Six digits are typed by a member, and the screen confirms whose device it becomes."""

from __future__ import annotations

from typing import Any

from chat.actor import Role
from chat.members import digit_pairing
from chat.service import ChatService
from tests.chat.paired_server import Caller, owner, paired, unpaired

SCREEN = "192.168.43.77"


async def _ask(screen: Caller) -> dict[str, Any]:
    asked: dict[str, Any] = (await screen.call("POST", "/pair/request", {"name": "TV"})).json()
    return asked


async def _approve(caller: Caller, digits: str) -> Any:
    return await caller.call("POST", f"/devices/requests/{digits}/approve")


async def _claim(screen: Caller, asked: dict[str, Any], **more: bool) -> tuple[int, Any]:
    body = {"request": asked["request"], **more}
    response = await screen.call("POST", "/pair/claim", body)
    return response.status_code, response.json()


async def test_a_screen_is_paired_once_it_has_confirmed_whose_it_becomes(
    paired_service: ChatService,
) -> None:
    phone, screen = await paired(Role.MEMBER), Caller(SCREEN)
    asked = await _ask(screen)
    waiting = (202, {"approved": False, "member": None})
    assert await _claim(screen, asked, confirm=False) == waiting
    assert await _claim(screen, asked, confirm=True) == waiting
    approved = await _approve(phone, asked["digits"])
    assert approved.json() == {"digits": asked["digits"], "name": "TV", "address": SCREEN}
    shown = {"approved": True, "member": {"name": "Ming", "role": "member"}}
    assert await _claim(screen, asked, confirm=False) == (202, shown)
    status, made = await _claim(screen, asked, confirm=True)
    screen.token = made["token"]
    assert (status, (await screen.call("GET", "/me")).json()["member"]["id"]) == (201, phone.owner)
    assert (await _claim(screen, asked, confirm=True))[0] == 404


async def test_an_approval_ends_with_the_device_it_was_given_on(
    paired_service: ChatService,
) -> None:
    phone, screen = await paired(Role.MEMBER), Caller(SCREEN)
    asked = await _ask(screen)
    assert (await _approve(phone, asked["digits"])).status_code == 200
    (device,) = (await phone.call("GET", "/devices")).json()["devices"]
    assert (await phone.call("DELETE", f"/devices/{device['id']}")).status_code == 204
    for confirm in (False, True):
        assert (await _claim(screen, asked, confirm=confirm))[1]["code"] == "unknown_request"


async def test_no_list_shows_digits(paired_service: ChatService) -> None:
    asked = await _ask(Caller(SCREEN))
    for caller in (owner(), await paired(Role.OWNER), await paired(Role.MEMBER)):
        listed = await caller.call("GET", "/devices/requests")
        assert (listed.status_code, listed.json()) == (200, {"requests": []})
        assert asked["digits"] not in (await caller.call("GET", "/devices")).text


async def test_a_screen_that_declines_is_nobodys(paired_service: ChatService) -> None:
    phone, screen = await paired(Role.MEMBER), Caller(SCREEN)
    for is_approved in (True, False):
        asked = await _ask(screen)
        if is_approved:
            await _approve(phone, asked["digits"])
        ended = await screen.call("POST", "/pair/decline", {"request": asked["request"]})
        assert ended.status_code == 204
        assert (await _claim(screen, asked, confirm=True))[1]["code"] == "unknown_request"
        assert (await _approve(phone, asked["digits"])).status_code == 404
    assert len((await phone.call("GET", "/devices")).json()["devices"]) == 1


async def test_a_client_that_cannot_confirm_gets_a_sentence_and_no_device(
    paired_service: ChatService,
) -> None:
    phone, screen = await paired(), Caller(SCREEN)
    asked = await _ask(screen)
    assert (await _claim(screen, asked))[0] == 202
    await _approve(phone, asked["digits"])
    status, refused = await _claim(screen, asked)
    assert (status, refused["code"]) == (409, "confirmation_needed")
    assert "Reload" in refused["message"]
    assert len((await phone.call("GET", "/devices")).json()["devices"]) == 1


async def test_the_owner_approves_a_screen_before_anything_was_ever_paired(
    paired_service: ChatService,
) -> None:
    asked = await _ask(unpaired())
    await _approve(owner(), asked["digits"])
    _, made = await _claim(unpaired(), asked, confirm=True)
    assert made["member"]["role"] == "owner"


async def test_wrong_digits_are_few(paired_service: ChatService) -> None:
    phone, other = await paired(Role.MEMBER), await paired(Role.MEMBER)
    other.address = "192.168.43.21"
    asked = await _ask(Caller(SCREEN))
    wrong = "000000" if asked["digits"] != "000000" else "000001"
    statuses = [(await _approve(phone, wrong)).status_code for _ in range(6)]
    assert statuses == [404] * 5 + [429]
    assert (await _approve(phone, asked["digits"])).status_code == 429
    assert (await _approve(other, asked["digits"])).status_code == 200


async def test_a_member_who_guesses_from_many_addresses_is_slowed(
    paired_service: ChatService,
) -> None:
    phone = await paired(Role.MEMBER)
    statuses = []
    for number in range(60):
        phone.address = f"10.0.0.{number}"
        statuses.append((await _approve(phone, "000000")).status_code)
    assert statuses[:50] == [404] * 50
    assert 429 in statuses[50:]


async def test_a_right_claim_works_whoever_guessed_secrets_before(
    paired_service: ChatService,
) -> None:
    screen = Caller(SCREEN)
    asked = await _ask(screen)
    statuses = [(await _claim(screen, {"request": "x"}, confirm=True))[0] for _ in range(6)]
    assert statuses == [404] * 5 + [429]
    await _approve(owner(), asked["digits"])
    assert (await _claim(screen, asked, confirm=True))[0] == 201


async def test_a_member_who_is_gone_gets_no_screen(paired_service: ChatService) -> None:
    phone, screen = await paired(Role.MEMBER), Caller(SCREEN)
    asked = await _ask(screen)
    await _approve(phone, asked["digits"])
    await owner().call("DELETE", f"/members/{phone.owner}")
    assert (await _claim(screen, asked, confirm=True))[0] == 404
    assert digit_pairing.pairing_requests().waiting() == []
