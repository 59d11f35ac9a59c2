"""Whether a text is quoting: what looks like a call there is none."""

from __future__ import annotations

from inference.text.code_fence import CodeFence

_QUOTES = frozenset("`\"'“‘「『«")


class Quotation:
    """Follows a text character by character; `is_open` in a code block, in a code span, and right
    after a quotation mark.
    """

    def __init__(self) -> None:
        self._fence = CodeFence()
        self._in_span = False
        self._last = "\n"

    @property
    def is_open(self) -> bool:
        """Whether the next character is quoted."""
        return self._fence.is_open or self._in_span or self._last in _QUOTES

    def read(self, char: str) -> None:
        """The text's next character."""
        self._fence.read(char)
        self._last = char
        if char == "\n":
            self._in_span = False
        elif char == "`":
            self._in_span = not self._in_span
