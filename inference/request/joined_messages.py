"""Joins successive messages of one role, since chat templates require alternating roles.

It is done after a history was cut to the context: until then each question can be left out alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from inference.types import ChatMessage, GenerationRequest, Role

_BETWEEN = "\n\n"


def joined(request: GenerationRequest) -> GenerationRequest:
    """The request with alternating roles; blank lines stand between what was joined."""
    messages = tuple(
        _one(role, [message.content for message in run])
        for role, run in groupby(request.messages, key=lambda message: message.role)
    )
    return request if messages == request.messages else replace(request, messages=messages)


def _one(role: Role, texts: Sequence[str]) -> ChatMessage:
    if len(texts) == 1:
        return ChatMessage(role, texts[0])
    return ChatMessage(role, _BETWEEN.join(text for text in texts if text.strip()))
