"""Whether a text is inside a Markdown code block."""

from __future__ import annotations

_FENCES = frozenset({"```", "~~~"})


class CodeFence:
    """Follows a text character by character; `is_open` between an opening and a closing fence."""

    def __init__(self) -> None:
        self.is_open = False
        self._head = ""

    def read(self, char: str) -> None:
        """The text's next character."""
        if char == "\n":
            self._head = ""
        elif len(self._head) < 3 and (self._head or not char.isspace()):
            self._head += char
            self.is_open ^= self._head in _FENCES
