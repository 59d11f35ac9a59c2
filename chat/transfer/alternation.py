"""Trees in which questions and answers alternate, as in every stored conversation.

Other programs allow several messages of one role in a row. Such messages are joined by blank
lines. Where a branch begins between them, the part before it becomes a sibling of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chat.transfer.outline import Outline, Role
from chat.transfer.repair import Names

OPENING = "…"
"""The question of a conversation that begins with an answer."""


@dataclass(frozen=True, slots=True)
class Row:
    """A message and those of the same role before it; `size` is the bytes of all of them."""

    last: Outline
    before: Row | None
    size: int

    def messages(self) -> list[Outline]:
        """All messages, the oldest first."""
        found: list[Outline] = []
        row: Row | None = self
        while row is not None:
            found.append(row.last)
            row = row.before
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Joined:
    """A message to be stored. Its text is `OPENING` if it has no row."""

    id: str
    role: Role
    parent: str | None
    created_at: datetime | None
    row: Row | None


@dataclass(frozen=True, slots=True)
class _Step:
    """A message being joined: `row` ends with it, `parent` is what the row replies to."""

    parent: str | None
    row: Row

    @property
    def message(self) -> Outline:
        return self.row.last


def alternate(messages: Sequence[Outline]) -> list[Joined]:
    """The same texts with alternating roles, a question first, parents before replies.

    The messages have to be a tree, as returned by `chat.transfer.repair`. Time and memory are
    linear in their number, however they are joined.
    """
    replies = _replies(messages)
    names = Names({message.id for message in messages})
    made: list[Joined] = []
    steps = [_first(message, made, names) for message in reversed(replies[None])]
    while steps:
        step = steps.pop()
        following = replies[step.message.id]
        if not following or any(one.role != step.message.role for one in following):
            last = step.message
            made.append(Joined(last.id, last.role, step.parent, last.created_at, step.row))
        steps += [_next(step, one) for one in reversed(following)]
    return made


def _replies(messages: Sequence[Outline]) -> defaultdict[str | None, list[Outline]]:
    replies: defaultdict[str | None, list[Outline]] = defaultdict(list)
    for message in messages:
        replies[message.parent].append(message)
    return replies


def _first(message: Outline, made: list[Joined], names: Names) -> _Step:
    row = Row(message, None, message.size)
    if message.role == "user":
        return _Step(None, row)
    opening = names.new(f"{message.id}-opening")
    made.append(Joined(opening, "user", None, message.created_at, None))
    return _Step(opening, row)


def _next(step: _Step, message: Outline) -> _Step:
    if message.role != step.message.role:
        return _Step(step.message.id, Row(message, None, message.size))
    return _Step(step.parent, Row(message, step.row, step.row.size + message.size))
