"""Extended grapheme clusters: the units that people perceive as characters.

The rules are those of Unicode's UAX #29, section 3.1.1, derived from the categories that Python
has. Where these do not suffice, two characters stay together: a text may be cut earlier than
necessary, but never inside of a cluster.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_ZWJ = "\u200d"
_HARD = frozenset("\r\n")
_MARKS = frozenset({"Mn", "Me", "Mc"})
_EXTENDERS = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")
_PREFIX_LETTERS = frozenset(
    "\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3\U000113d1\U0001193f\U00011941"
)
_FAR = 64
"""Code points searched backwards; emoji of families have a dozen."""
_VIRAMA = 9
"""The canonical combining class of the signs that join consonants of Indic scripts (GB9c)."""


def graphemes(text: str) -> Iterator[str]:
    """The clusters in order; joined, they are the text."""
    began = 0
    for at in range(1, len(text)):
        if _is_boundary(text, began, at):
            yield text[began:at]
            began = at
    if text:
        yield text[began:]


def cut(text: str, clusters: int, characters: int) -> str:
    """The first `clusters` clusters with at most `characters` code points in all. A single longer
    cluster, which no language has, is cut inside.
    """
    size = 0
    for number, cluster in enumerate(graphemes(text[: characters + 1])):
        if number == clusters:
            return text[:size]
        if size + len(cluster) > characters:
            return text[: size or characters]
        size += len(cluster)
    return text


def boundary_before(text: str, at: int) -> int:
    """The last cluster boundary that is not after `at`."""
    ends = max(at - _FAR, 0)
    for cluster in graphemes(text[ends : at + _FAR]):
        if ends + len(cluster) > at:
            break
        ends += len(cluster)
    return ends


def _is_boundary(text: str, began: int, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if _HARD & {before, after} or unicodedata.category(before) == "Cc":
        return (before, after) != ("\r", "\n")
    if _extends(after) or _is_prefix(before):
        return False
    if _is_flag(before) and _is_flag(after):
        return _flags_between(text, began, at) % 2 == 0
    return not (_joins(text[began:at], after) or _is_one_syllable(before, after))


def _extends(character: str) -> bool:
    is_modifier = "\U0001f3fb" <= character <= "\U0001f3ff"
    is_tag = "\U000e0020" <= character <= "\U000e007f"
    category = unicodedata.category(character)
    is_unknown = category == "Cn" and character < "\U0001f000"
    return category in _MARKS or is_modifier or is_tag or is_unknown or character in _EXTENDERS


def _is_prefix(character: str) -> bool:
    """Whether it joins the next character, such as Arabic number signs (Prepend)."""
    if character in _PREFIX_LETTERS:
        return True
    is_format = unicodedata.category(character) == "Cf"
    return is_format and unicodedata.bidirectional(character) in ("AN", "AL")


def _joins(cluster: str, after: str) -> bool:
    """Whether they are joined: emoji after a joiner (GB11), consonants of a syllable (GB9c)."""
    category = unicodedata.category(after)
    if cluster[-1] == _ZWJ and category in ("So", "Sk", "Sm", "Po", "Cn"):
        return not _is_flag(after)
    return category == "Lo" and _has_virama(cluster)


def _has_virama(cluster: str) -> bool:
    """Whether there is one among the marks at its end."""
    for character in reversed(cluster):
        if unicodedata.combining(character) == _VIRAMA:
            return True
        if not _extends(character):
            return False
    return False


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flags_between(text: str, began: int, at: int) -> int:
    """The number of regional indicators in the cluster so far; two are a flag (GB12)."""
    return sum(_is_flag(character) for character in text[began:at])


def _is_one_syllable(before: str, after: str) -> bool:
    """Hangul jamo (GB6 to GB8): leading consonants, then vowels, then trailing consonants."""
    first, second = _jamo(before), _jamo(after)
    if first == "L":
        return second in ("L", "V", "S")
    if first in ("V", "S"):
        return second in ("V", "T")
    return first == second == "T"


def _jamo(character: str) -> str:
    """The kind of jamo. `S` is a whole syllable; those with and without a trailing consonant are
    not distinguished.
    """
    if "\u1100" <= character <= "\u115f" or "\ua960" <= character <= "\ua97c":
        return "L"
    if "\u1160" <= character <= "\u11a7" or "\ud7b0" <= character <= "\ud7c6":
        return "V"
    if "\u11a8" <= character <= "\u11ff" or "\ud7cb" <= character <= "\ud7fb":
        return "T"
    return "S" if "\uac00" <= character <= "\ud7a3" else ""
