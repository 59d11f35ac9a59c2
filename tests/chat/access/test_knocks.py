"""Screens that show six digits: let in by somebody inside, once."""

from __future__ import annotations

import pytest

from chat.access import knocks as module
from chat.access.knocks import Knocks
from chat.errors import ChatError, ErrorCode
from tests.chat.access.test_attempts import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def knocks(clock: Clock) -> Knocks:
    return Knocks(600, clock)


def _code(raised: pytest.ExceptionInfo[ChatError]) -> ErrorCode:
    return raised.value.code


def test_a_screen_waits_until_it_is_let_in_and_claims_once(knocks: Knocks) -> None:
    request, knock = knocks.open("TV", "192.168.1.9")
    assert knocks.claim(request).member is None
    assert len(knock.digits) == 6
    assert knock.digits.isdecimal()
    knocks.approve(knock.digits, "alice")
    assert knocks.claim(request).member == "alice"
    with pytest.raises(ChatError) as raised:
        knocks.claim(request)
    assert _code(raised) is ErrorCode.UNKNOWN_REQUEST


def test_the_digits_let_nobody_claim(knocks: Knocks) -> None:
    _, knock = knocks.open("TV", "a")
    knocks.approve(knock.digits, "alice")
    with pytest.raises(ChatError):
        knocks.claim(knock.digits)


def test_a_request_is_over_with_its_time(knocks: Knocks, clock: Clock) -> None:
    request, knock = knocks.open("TV", "a")
    clock.now = 600
    assert knocks.waiting() == []
    with pytest.raises(ChatError):
        knocks.approve(knock.digits, "alice")
    with pytest.raises(ChatError):
        knocks.claim(request)


def test_nobody_approves_for_another_what_is_approved(knocks: Knocks) -> None:
    _, knock = knocks.open("TV", "a")
    knocks.approve(knock.digits, "alice")
    with pytest.raises(ChatError) as raised:
        knocks.approve(knock.digits, "mallory")
    assert _code(raised) is ErrorCode.UNKNOWN_REQUEST


def test_one_place_has_three_at_once_and_all_together_thirty_two(
    knocks: Knocks, clock: Clock
) -> None:
    for _ in range(3):
        knocks.open("TV", "a")
    with pytest.raises(ChatError) as raised:
        knocks.open("TV", "a")
    assert raised.value.detail == {"seconds": 600}
    for number in range(29):
        knocks.open("TV", f"p{number}")
    with pytest.raises(ChatError) as raised:
        knocks.open("TV", "another")
    assert _code(raised) is ErrorCode.TOO_MANY_ATTEMPTS
    clock.now = 600
    knocks.open("TV", "another")


def test_two_screens_never_show_the_same(knocks: Knocks, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["111111", "111111", "222222"])
    monkeypatch.setattr(module, "new_digits", lambda: next(drawn))
    assert [knocks.open("TV", place)[1].digits for place in "ab"] == ["111111", "222222"]
