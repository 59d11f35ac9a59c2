"""Cursors come from clients, so they may be invalid."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest

from chat.errors import ChatError, ErrorCode
from chat.store.conversations import list_conversations
from chat.store.cursors import decode, encode
from chat.store.search import search

MOMENT = datetime(2026, 5, 4, 3, 2, 1, 5, UTC)
EARLY, LATE = "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"
ODD: tuple[object, ...] = (
    None,
    0,
    1,
    True,
    "",
    [],
    {},
    EARLY,
    LATE,
    "2026-05-04T03:02:01",
    "x",
    "\x00",
    "\ud800",
)


def _cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_a_cursor_gives_back_the_columns() -> None:
    assert decode(encode(None, MOMENT, "a"), 3) == (None, MOMENT, "a")
    assert decode(encode(MOMENT, "a"), 2) == (MOMENT, "a")


@pytest.mark.parametrize("text", ["", "null", "{}", '"ab"', '{"a":1,"b":2}', "[" * 50_000, "[1]"])
def test_what_is_no_list_of_columns_is_refused(text: str) -> None:
    with pytest.raises(ChatError, match="bad_field"):
        decode(_cursor(text), 2)


@pytest.mark.parametrize("odd", ODD)
def test_invalid_columns_are_refused_before_the_query(db: None, odd: object) -> None:
    moment = MOMENT.isoformat()
    for parts in (
        [odd, "a"],
        [moment, odd],
        [None, odd, "a"],
        [odd, odd, "a"],
        [None, moment, odd],
    ):
        cursor = _cursor(json.dumps(parts))
        for shelf in ("active", "archived", "deleted"):
            try:
                list_conversations("somebody", shelf, 5, cursor)
                search("somebody", "abc", 5, cursor)
            except ChatError as error:
                assert error.code is ErrorCode.BAD_FIELD  # noqa: PT017 - an id may be odd
