"""Control strings inside a person's text, marked so that they stay text.

`<|im_end|>` in a message must not end the message. Each control string of a message is replaced
by a reference before a chat template is applied; the finished prompt is cut at the references,
and what they stand for is encoded as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from inference.errors import InferenceError, InferenceErrorCode

_MARKS = range(0xF0000, 0x10FFFE)
"""Private use characters: no template trims, splits or changes them."""
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class PromptPart:
    """A piece of a prompt, never empty.

    `is_plain`: a control string that a person wrote, to be encoded without control tokens. In all
    other text control tokens count: it holds the template's text, and what persons wrote between
    control strings.
    """

    text: str
    is_plain: bool


class MarkedTexts:
    """`texts` are those given, in the same order, without any control string."""

    def __init__(self, texts: tuple[str, ...], mark: str, controls: Sequence[str]) -> None:
        self.texts = texts
        self._controls = controls
        self._reference = re.compile(f"{mark}([0-9]+){mark}")

    def pieces(self, prompt: str) -> Iterator[PromptPart]:
        """The parts of a prompt that was made of `texts`, in order.

        Joined, they are the prompt that the original texts make, character for character.
        """
        for at, piece in enumerate(self._reference.split(prompt)):
            is_plain = at % 2 == 1
            text = self._controls[int(piece)] if is_plain else piece
            if text:
                yield PromptPart(text, is_plain)


class ControlStrings:
    """The strings that a tokenizer reads as control tokens."""

    def __init__(self, strings: Iterable[str], *, template: str = "") -> None:
        """`template` is the source whose own characters are no marks."""
        self._strings = sorted(
            {text for text in strings if text}, key=lambda text: (-len(text), text)
        )
        self._numbers = {text: at for at, text in enumerate(self._strings)}
        pattern = "|".join(map(re.escape, self._strings))
        self._found = re.compile(pattern) if pattern else _NOTHING
        self._template = template

    def marked(self, texts: Sequence[str]) -> MarkedTexts:
        """With each control string replaced by a reference; at one place the longest counts.

        Raises `InferenceError` with `invalid_request` for texts that together contain all private
        use characters of Unicode's planes 15 and 16.
        """
        mark = self._mark(texts)

        def reference(found: re.Match[str]) -> str:
            return f"{mark}{self._numbers[found[0]]}{mark}"

        replaced = tuple(self._found.sub(reference, text) for text in texts)
        return MarkedTexts(replaced, mark, self._strings)

    def _mark(self, texts: Sequence[str]) -> str:
        """A character that neither the texts nor the template contain."""
        used = set(self._template).union(*texts)
        free = (chr(code) for code in _MARKS if chr(code) not in used)
        if mark := next(free, None):
            return mark
        reason = "the text contains all private use characters"
        raise InferenceError(InferenceErrorCode.INVALID_REQUEST, reason, detail={"reason": reason})
