"""What a chat in the terminal requires of a server or a local model."""

from __future__ import annotations

from typing import Any, Protocol

Frame = dict[str, Any]
"""A frame of `chat.wire.protocol` as JSON."""


def is_late(frame: Frame, run: str | None) -> bool:
    """Whether the frame belongs to another run than the latest."""
    return frame["type"] != "accepted" and frame.get("run") not in (None, run)


class ChatSession(Protocol):
    """One conversation. Blocks."""

    def models(self) -> list[Frame]:
        """As in the `models` frame, the default first."""
        ...

    def ask(self, question: str, model: str | None) -> None:
        """Begin an answer; its frames follow. Raises `Refusal` if the question is refused."""
        ...

    def receive(self) -> Frame | None:
        """The next frame that does not belong to an earlier answer; None if none arrives for a
        moment.
        """
        ...

    def stop(self) -> None:
        """End the running answer; its `end` follows."""
        ...
