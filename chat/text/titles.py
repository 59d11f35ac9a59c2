"""A conversation's title: one line of visible characters, cut between grapheme clusters."""

from __future__ import annotations

from typing import Literal

from chat.text.graphemes import cut
from chat.text.names import on_one_line
from chat.text.storable import storable
from chat.text.visible import has_visible

TitleMode = Literal["local", "all", "off"]
"""Which models write titles: those of this computer, those of providers as well, or none."""
LONGEST = 200
"""Code points: the length of the database's column."""
_SHORT = 40
"""Grapheme clusters of a default title."""


def as_title(text: str) -> str:
    """A title given by a person. Empty if nothing in it is visible; clients show a default then."""
    return _line(text, LONGEST)


def of_question(content: str) -> str:
    """The default title: the beginning of the first question. Empty as in `as_title`."""
    return _line(content, _SHORT)


def _line(text: str, clusters: int) -> str:
    line = on_one_line(storable(text.lstrip()[: 8 * LONGEST]))
    return cut(line, clusters, LONGEST).strip() if has_visible(line) else ""
