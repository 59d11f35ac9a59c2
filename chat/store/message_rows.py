"""A conversation's messages with their runs, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chat.models import Message

MESSAGE_COLUMNS = ("id", "parent_id", "role", "content", "reasoning", "created_at")
RUN_COLUMNS = (
    "run__id",
    "run__status",
    "run__model",
    "run__epoch",
    "run__seq",
    "run__dropped_turns",
    "run__provider",
    "run__finish_reason",
    "run__error_code",
    "run__error_detail",
    "run__usage",
    "run__timings",
)


_PAGE_ROWS = 500
_PAGE_CHARACTERS = 1_000_000
_CHUNK = 50
"""Rows fetched from the database at once; texts may be long."""

Moment = tuple[datetime, str]
"""A message's position in its conversation: its time of creation and its id."""


@dataclass(frozen=True, slots=True)
class RowPage:
    """A page of rows of a conversation's messages; `next` is the position of the next page."""

    rows: list[tuple[Any, ...]]
    next: Moment | None


def message_rows(conversation: str, after: Moment | None) -> RowPage:
    """A bounded page of its messages, the oldest first. The database serves other calls between
    two pages.
    """
    found = Message.objects.filter(conversation=conversation).order_by("created_at", "id")
    if after is not None:
        moment, key = after
        # The first condition uses the index, which does not have the ids.
        found = found.filter(created_at__gte=moment).exclude(created_at=moment, id__lte=key)
    rows: list[tuple[Any, ...]] = []
    characters = 0
    for row in found.values_list(*MESSAGE_COLUMNS, *RUN_COLUMNS)[:_PAGE_ROWS].iterator(_CHUNK):
        rows.append(row)
        characters += len(row[3]) + len(row[4])
        if characters > _PAGE_CHARACTERS:
            break
    is_last = len(rows) < _PAGE_ROWS and characters <= _PAGE_CHARACTERS
    return RowPage(rows, None if is_last else (rows[-1][5], rows[-1][0]))
