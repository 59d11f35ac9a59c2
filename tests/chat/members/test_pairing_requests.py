"""Pairing requests of screens that show six digits: approved by a member, confirmed once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chat.actor import Role
from chat.errors import ChatError, ErrorCode
from chat.members import pairing_requests as module
from chat.members.pairing_requests import Knock, Knocks
from chat.store.members import StoredMember
from tests.chat.access.clock import Clock

ALICE = StoredMember("alice", "Alice", "", Role.MEMBER, None, 1, False, None, None, None, None)
MALLORY = replace(ALICE, id="mallory")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def knocks(clock: Clock) -> Knocks:
    return Knocks(600, clock)


def _is_unknown(knocks: Knocks, request: str) -> bool:
    """Whether no request has this secret, or has it any more."""
    try:
        return not knocks.find(request)
    except ChatError:
        return True


def test_a_screen_waits_until_it_is_approved_and_is_claimed_once(knocks: Knocks) -> None:
    request, knock = knocks.open("TV", "192.168.1.9")
    assert knocks.find(request).member is None
    assert len(knock.digits) == 6
    assert knock.digits.isdecimal()
    knocks.approve(knock.digits, ALICE)
    assert knocks.find(request).member == ALICE
    assert knocks.end(request).member == ALICE
    assert _is_unknown(knocks, request)


def test_the_digits_let_nobody_claim(knocks: Knocks) -> None:
    _, knock = knocks.open("TV", "a")
    knocks.approve(knock.digits, ALICE)
    assert _is_unknown(knocks, knock.digits)


def test_a_request_is_over_with_its_time(knocks: Knocks, clock: Clock) -> None:
    request, knock = knocks.open("TV", "a")
    clock.now = 600
    assert knocks.waiting() == []
    with pytest.raises(ChatError):
        knocks.approve(knock.digits, ALICE)
    assert _is_unknown(knocks, request)


def test_a_request_approved_late_has_two_minutes_to_be_confirmed(
    knocks: Knocks, clock: Clock
) -> None:
    request, knock = knocks.open("TV", "a")
    clock.now = 599
    knocks.approve(knock.digits, ALICE)
    clock.now = 718
    assert not _is_unknown(knocks, request)
    clock.now = 719
    assert _is_unknown(knocks, request)


def test_nobody_approves_for_another_what_is_approved(knocks: Knocks) -> None:
    _, knock = knocks.open("TV", "a")
    knocks.approve(knock.digits, ALICE)
    with pytest.raises(ChatError) as raised:
        knocks.approve(knock.digits, MALLORY)
    assert raised.value.code is ErrorCode.UNKNOWN_REQUEST


def test_one_address_has_three_at_once(knocks: Knocks, clock: Clock) -> None:
    for _ in range(3):
        knocks.open("TV", "a")
    with pytest.raises(ChatError) as raised:
        knocks.open("TV", "a")
    assert raised.value.code is ErrorCode.TOO_MANY_ATTEMPTS
    assert raised.value.detail == {"seconds": 600}
    clock.now = 600
    knocks.open("TV", "a")


def test_nobody_fills_up_all_places_for_others(knocks: Knocks) -> None:
    mine, _ = knocks.open("TV", "mine")
    flood = [knocks.open("x", f"p{number // 3}")[0] for number in range(255)]
    another, _ = knocks.open("TV", "another")
    assert len(knocks.waiting()) == 256
    assert not _is_unknown(knocks, mine)
    assert not _is_unknown(knocks, another)
    assert [_is_unknown(knocks, request) for request in flood[:4]] == [True, False, False, False]


def test_an_approved_request_gives_way_to_nobody(knocks: Knocks) -> None:
    opened: list[tuple[str, Knock]] = [knocks.open("x", f"p{number}") for number in range(256)]
    request, knock = opened[0]
    knocks.approve(knock.digits, ALICE)
    for number in range(300):
        knocks.open("x", f"q{number}")
    assert not _is_unknown(knocks, request)


def test_two_screens_never_show_the_same(knocks: Knocks, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["111111", "111111", "222222"])
    monkeypatch.setattr(module, "new_digits", lambda: next(drawn))
    assert [knocks.open("TV", place)[1].digits for place in "ab"] == ["111111", "222222"]
