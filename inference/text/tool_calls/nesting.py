"""How deep a text is in brackets, by the rules of JSON and of Python's literals."""

from __future__ import annotations

_DEEPEST = 64


class Nesting:
    """Follows a text character by character; `depth` counts the open brackets."""

    def __init__(self, quotes: str = '"') -> None:
        self.depth = 0
        self._quotes = quotes
        self._quote = ""
        self._escaped = False

    @property
    def too_deep(self) -> bool:
        """Deeper than any arguments are; reading on would need a deep stack."""
        return self.depth > _DEEPEST

    def read(self, char: str) -> bool:
        """The text's next character. Returns whether it ended a string."""
        if self._quote:
            return self._in_string(char)
        if char in self._quotes:
            self._quote = char
        elif char in "{[(":
            self.depth += 1
        elif char in "}])":
            self.depth -= 1
        return False

    def _in_string(self, char: str) -> bool:
        if self._escaped:
            self._escaped = False
        elif char == "\\":
            self._escaped = True
        elif char == self._quote:
            self._quote = ""
            return True
        return False
