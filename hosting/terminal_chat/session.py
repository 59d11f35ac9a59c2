"""What a chat in the terminal needs of whoever answers."""

from __future__ import annotations

from typing import Any, Protocol

Frame = dict[str, Any]
"""A frame of `chat.wire.protocol`, as JSON has it."""


def is_late(frame: Frame, run: str | None) -> bool:
    """Whether it is of another run than the one that was asked for last."""
    return frame["type"] != "accepted" and frame.get("run") not in (None, run)


class ChatSession(Protocol):
    """One conversation. Blocks."""

    def models(self) -> list[Frame]:
        """As the `models` frame has them, the default first."""
        ...

    def ask(self, question: str, model: str | None) -> None:
        """Begin an answer; its frames follow. Refusal where it cannot be asked."""
        ...

    def receive(self) -> Frame | None:
        """The next frame that is not of an earlier answer; None where none came for a moment."""
        ...

    def stop(self) -> None:
        """End the answer that is being written; its `end` follows."""
        ...
