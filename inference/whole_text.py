"""Text of whole characters without NUL: what databases, encoders and tokenizers all take.

It is made where text enters, before stop strings, loops and offsets are looked for in it: so that
their offsets are those of the text that is shown, stored and continued.
"""

from __future__ import annotations

_REPLACEMENT = "\ufffd"


def whole_text(text: str) -> str:
    """The text with U+FFFD for each NUL and each half of a surrogate pair (Unicode 3.9, D71).

    Two halves that form a pair become its character.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\x00", _REPLACEMENT)


class WholeText:
    """One text that comes in pieces: a pair may be cut between two of them."""

    def __init__(self) -> None:
        self._held = ""

    def push(self, piece: str) -> str:
        """The text that is certain now; a first half at the end waits for the next piece."""
        text = self._held + piece
        self._held = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" else ""
        return whole_text(text[: len(text) - len(self._held)])

    def flush(self) -> str:
        """The rest of the text, at its end."""
        held, self._held = self._held, ""
        return whole_text(held)
