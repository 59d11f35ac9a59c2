"""The message of a node of DeepSeek's `mapping`: fragments of requests, thoughts and responses.

Exports of early 2025 have `content` and `reasoning_content` instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from chat.transfer.outline import Role


class Fragment(Struct):
    """A part of a message. Web searches and pages are fragments of other types."""

    type: str = ""
    content: str | None = None


def role_of(fragments: Sequence[Fragment]) -> Role:
    """A user's message has a request; all others are the model's."""
    return "user" if any(one.type == "REQUEST" for one in fragments) else "assistant"


def text_of(fragments: Sequence[Fragment]) -> str:
    """The question or the answer."""
    return _joined(fragments, ("REQUEST", "RESPONSE", "TEMPLATE_RESPONSE"))


def reasoning_of(fragments: Sequence[Fragment]) -> str:
    """The reasoning of the model."""
    return _joined(fragments, ("THINK",))


def _joined(fragments: Sequence[Fragment], types: tuple[str, ...]) -> str:
    return "\n\n".join(one.content for one in fragments if one.type in types and one.content)
