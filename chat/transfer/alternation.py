"""Trees in which questions and answers alternate, as every conversation here has them.

Other programs let one side speak twice in a row. Such messages become one, with blank lines
between; where a branch leaves between the two, the part before it stands beside the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chat.transfer.outline import Outline, Role
from chat.transfer.repair import Names

OPENING = "…"
"""Stands for the question where a conversation begins with an answer."""


@dataclass(frozen=True, slots=True)
class Row:
    """A message and those of its side before it; `size` is that of all of them."""

    last: Outline
    before: Row | None
    size: int

    def messages(self) -> list[Outline]:
        """The oldest first."""
        found: list[Outline] = []
        row: Row | None = self
        while row is not None:
            found.append(row.last)
            row = row.before
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Joined:
    """A message as it is stored. Without a row it is an `OPENING`."""

    id: str
    role: Role
    parent: str | None
    created_at: datetime | None
    row: Row | None


@dataclass(frozen=True, slots=True)
class _Step:
    """A message on its way: `row` is what its side said, `parent` what that replies to."""

    parent: str | None
    row: Row

    @property
    def message(self) -> Outline:
        return self.row.last


def alternate(messages: Sequence[Outline]) -> list[Joined]:
    """The same words with roles alternating, a question first, parents before replies.

    The messages have to be a tree, as `chat.transfer.repair` makes it. Takes time and memory in
    proportion to their number, however they are joined.
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
