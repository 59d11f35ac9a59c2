"""Trees in which questions and answers alternate, as every conversation here has them.

Other programs let one side speak twice in a row. Such messages become one, with blank lines
between; where a branch leaves between the two, the part before it stands beside the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from chat.transfer.portable import PortableMessage

OPENING = "…"
"""Stands for the question where a conversation begins with an answer."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A message on its way: `said` holds what its side said in a row, itself the last."""

    message: PortableMessage
    parent: str | None
    said: PortableMessage


def alternate(messages: Sequence[PortableMessage]) -> list[PortableMessage]:
    """The same words with roles alternating, a question first, parents before replies.

    Messages whose parent is missing begin a branch of their own; circles are left out.
    """
    replies = _replies(messages)
    made: dict[str, PortableMessage] = {}
    steps = [_first(message, made) for message in reversed(replies[None])]
    seen = {step.message.id for step in steps}
    while steps:
        step = steps.pop()
        following = [one for one in replies[step.message.id] if one.id not in seen]
        seen.update(one.id for one in following)
        if not following or any(one.role != step.message.role for one in following):
            made[step.message.id] = replace(step.said, parent=step.parent)
        steps += [_next(step, one) for one in reversed(following)]
    return list(made.values())


def _replies(messages: Sequence[PortableMessage]) -> defaultdict[str | None, list[PortableMessage]]:
    known = {message.id for message in messages}
    replies: defaultdict[str | None, list[PortableMessage]] = defaultdict(list)
    for message in messages:
        replies[message.parent if message.parent in known else None].append(message)
    return replies


def _first(message: PortableMessage, made: dict[str, PortableMessage]) -> _Step:
    if message.role == "user":
        return _Step(message, None, message)
    opening = PortableMessage(f"{message.id}-opening", "user", OPENING)
    made[opening.id] = replace(opening, created_at=message.created_at)
    return _Step(message, opening.id, message)


def _next(step: _Step, message: PortableMessage) -> _Step:
    if message.role != step.message.role:
        return _Step(message, step.message.id, message)
    together = "\n\n".join(text for text in (step.said.content, message.content) if text)
    thought = "\n\n".join(text for text in (step.said.reasoning, message.reasoning) if text)
    return _Step(message, step.parent, replace(message, content=together, reasoning=thought))
