"""What a node of DeepSeek's `mapping` says: fragments of requests, thoughts and responses.

The export of early 2025 had one `content`, and `reasoning_content` beside it, instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from chat.transfer.outline import Role


class Fragment(Struct):
    """A piece of a message; searches and pages that were read are fragments of other types."""

    type: str = ""
    content: str | None = None


def role_of(fragments: Sequence[Fragment]) -> Role:
    """A person's message has a request, all others are the model's."""
    return "user" if any(one.type == "REQUEST" for one in fragments) else "assistant"


def words(fragments: Sequence[Fragment]) -> str:
    """What was asked or answered."""
    return _joined(fragments, ("REQUEST", "RESPONSE", "TEMPLATE_RESPONSE"))


def thoughts(fragments: Sequence[Fragment]) -> str:
    """What the model thought before."""
    return _joined(fragments, ("THINK",))


def _joined(fragments: Sequence[Fragment], types: tuple[str, ...]) -> str:
    return "\n\n".join(one.content for one in fragments if one.type in types and one.content)
