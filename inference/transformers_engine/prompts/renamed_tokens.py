"""A tokenizer whose control tokens have secret names, so that no text can produce them.

It shares the vocabulary with the tokenizer it is made from, and splits text as that one does; but
`<|im_end|>` is ordinary text to it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence

from tokenizers import AddedToken, Tokenizer

_NOTHING = re.compile(r"(?!)")


class RenamedTokens:
    """`controls` are the control tokens' texts and numbers."""

    def __init__(self, tokenizer: Tokenizer, controls: Mapping[str, int]) -> None:
        added = tokenizer.get_added_tokens_decoder()
        self._names = _names(added, controls)
        self._tokenizer = _copied(tokenizer, added, self._names)
        self._numbers = self._numbers_of(added)
        in_vocabulary = {
            number
            for text, number in controls.items()
            if self._tokenizer.token_to_id(text) == number
        }
        self._hidden = frozenset(in_vocabulary & added.keys())
        self._written = frozenset(in_vocabulary - added.keys())
        texts = sorted(self._names, key=len, reverse=True)
        self._found = re.compile("|".join(map(re.escape, texts))) if texts else _NOTHING

    def in_text(self, text: str) -> str:
        """A template's text with its control tokens under their new names."""
        return self._found.sub(lambda found: self._names[found[0]], text)

    def encode(self, text: str, plain: Sequence[range]) -> list[int]:
        """The original's tokens of a text with new names, without control tokens for the ranges
        of characters in `plain`.
        """
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        tokens: list[int] = []
        for token, (start, _) in zip(encoded.ids, encoded.offsets, strict=True):
            is_hidden = token in self._hidden
            if is_hidden or (token in self._written and any(start in one for one in plain)):
                tokens += self._spelled(token)
            else:
                tokens.append(self._numbers.get(token, token))
        return tokens

    def _spelled(self, token: int) -> list[int]:
        """Character by character: the vocabulary itself has the control token's text."""
        model = self._tokenizer.model
        name = self._tokenizer.id_to_token(token) or ""
        return [piece.id for letter in name for piece in model.tokenize(letter)]

    def _numbers_of(self, added: Mapping[int, AddedToken]) -> dict[int, int]:
        """The original number of each number that the copy gave to an added token."""
        found: dict[int, int] = {}
        for number, token in added.items():
            given = self._tokenizer.token_to_id(self._names.get(token.content, token.content))
            if given is not None:
                found[given] = number
        return found


def _names(added: Mapping[int, AddedToken], controls: Mapping[str, int]) -> dict[str, str]:
    """Random: text that holds such a name by chance or by intent would give its token."""
    secret = secrets.token_hex(8)
    texts = [token.content for token in added.values() if token.content in controls]
    return {text: f"\U000f0000{secret}x{at}\U000f0000" for at, text in enumerate(texts)}


def _copied(
    tokenizer: Tokenizer, added: Mapping[int, AddedToken], names: Mapping[str, str]
) -> Tokenizer:
    copy = Tokenizer(tokenizer.model)
    for step in ("normalizer", "pre_tokenizer"):
        if (own := getattr(tokenizer, step)) is not None:
            setattr(copy, step, own)
    copy.add_tokens(
        [_named(token, names.get(token.content, token.content)) for token in added.values()]
    )
    return copy


def _named(token: AddedToken, name: str) -> AddedToken:
    return AddedToken(
        name,
        single_word=token.single_word and name == token.content,
        lstrip=token.lstrip,
        rstrip=token.rstrip,
        normalized=token.normalized,
        special=token.special,
    )
