"""Pairing requests of screens that show six digits: approved by a member, confirmed once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chat.actor import Role
from chat.errors import ChatError, ErrorCode
from chat.members import pairing_requests as module
from chat.members.pairing_requests import PairingRequest, PairingRequests
from chat.store.members import StoredMember
from tests.chat.access.clock import Clock

ALICE = StoredMember("alice", "Alice", "", Role.MEMBER, None, 1, False, None, None, None, None)
MALLORY = replace(ALICE, id="mallory")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def requests(clock: Clock) -> PairingRequests:
    return PairingRequests(600, clock)


def _is_unknown(requests: PairingRequests, secret: str) -> bool:
    """Whether no secret has this secret, or has it any more."""
    try:
        return not requests.find(secret)
    except ChatError:
        return True


def test_a_screen_waits_until_it_is_approved_and_is_claimed_once(requests: PairingRequests) -> None:
    secret, opened = requests.open("TV", "192.168.1.9")
    assert requests.find(secret).member is None
    assert len(opened.digits) == 6
    assert opened.digits.isdecimal()
    requests.approve(opened.digits, ALICE)
    assert requests.find(secret).member == ALICE
    assert requests.end(secret).member == ALICE
    assert _is_unknown(requests, secret)


def test_the_digits_let_nobody_claim(requests: PairingRequests) -> None:
    _, opened = requests.open("TV", "a")
    requests.approve(opened.digits, ALICE)
    assert _is_unknown(requests, opened.digits)


def test_a_request_is_over_with_its_time(requests: PairingRequests, clock: Clock) -> None:
    secret, opened = requests.open("TV", "a")
    clock.now = 600
    assert requests.waiting() == []
    with pytest.raises(ChatError):
        requests.approve(opened.digits, ALICE)
    assert _is_unknown(requests, secret)


def test_a_request_approved_late_has_two_minutes_to_be_confirmed(
    requests: PairingRequests, clock: Clock
) -> None:
    secret, opened = requests.open("TV", "a")
    clock.now = 599
    requests.approve(opened.digits, ALICE)
    clock.now = 718
    assert not _is_unknown(requests, secret)
    clock.now = 719
    assert _is_unknown(requests, secret)


def test_nobody_approves_for_another_what_is_approved(requests: PairingRequests) -> None:
    _, opened = requests.open("TV", "a")
    requests.approve(opened.digits, ALICE)
    with pytest.raises(ChatError) as raised:
        requests.approve(opened.digits, MALLORY)
    assert raised.value.code is ErrorCode.UNKNOWN_REQUEST


def test_one_address_has_three_at_once(requests: PairingRequests, clock: Clock) -> None:
    for _ in range(3):
        requests.open("TV", "a")
    with pytest.raises(ChatError) as raised:
        requests.open("TV", "a")
    assert raised.value.code is ErrorCode.TOO_MANY_ATTEMPTS
    assert raised.value.detail == {"seconds": 600}
    clock.now = 600
    requests.open("TV", "a")


def test_nobody_fills_up_all_places_for_others(requests: PairingRequests) -> None:
    mine, _ = requests.open("TV", "mine")
    flood = [requests.open("x", f"p{number // 3}")[0] for number in range(255)]
    another, _ = requests.open("TV", "another")
    assert len(requests.waiting()) == 256
    assert not _is_unknown(requests, mine)
    assert not _is_unknown(requests, another)
    assert [_is_unknown(requests, secret) for secret in flood[:4]] == [True, False, False, False]


def test_an_approved_request_gives_way_to_nobody(requests: PairingRequests) -> None:
    all_opened: list[tuple[str, PairingRequest]] = [
        requests.open("x", f"p{number}") for number in range(256)
    ]
    secret, opened = all_opened[0]
    requests.approve(opened.digits, ALICE)
    for number in range(300):
        requests.open("x", f"q{number}")
    assert not _is_unknown(requests, secret)


def test_two_screens_never_show_the_same(
    requests: PairingRequests, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["111111", "111111", "222222"])
    monkeypatch.setattr(module, "new_digits", lambda: next(drawn))
    assert [requests.open("TV", place)[1].digits for place in "ab"] == ["111111", "222222"]
