"""A logged message cannot forge another entry."""

from __future__ import annotations

import logging

import pytest

from chat.log_format import OneEntry, visible

FORGED = "小明\r\n2026-11-22 ERROR forged\x1b[31m\u202e\u2028"


def written(message: str, *args: object, error: Exception | None = None) -> str:
    raised = (type(error), error, None) if error else None
    record = logging.LogRecord("chat", logging.ERROR, "", 0, message, args, raised)
    return OneEntry("{levelname} {message}", style="{").format(record)


def test_what_others_sent_stays_in_its_line() -> None:
    expected = "ERROR 小明\\r\\n2026-11-22 ERROR forged\\x1b[31m\\u202e\\u2028 asked"
    assert written("%s asked", FORGED) == expected


def test_a_traceback_is_marked_line_by_line() -> None:
    first, *rest = written("failed\n", error=ValueError(FORGED)).split("\n")
    assert first == "ERROR failed"
    assert all(line.startswith("  | ") for line in rest)
    assert "\x1b" not in "".join(rest)


@pytest.mark.parametrize("text", ["你好 🙂", "naïve – “quoted”", "a\\nb"])
def test_what_is_seen_stays_as_it_is(text: str) -> None:
    assert visible(text) == text
