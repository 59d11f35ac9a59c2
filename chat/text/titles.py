"""A conversation's title: one line of what is seen, cut between the characters people know."""

from __future__ import annotations

from typing import Literal

from chat.text.graphemes import cut
from chat.text.names import on_one_line
from chat.text.storable import storable
from chat.text.visible import has_visible

TitleMode = Literal["local", "all", "off"]
"""Who writes titles: models of this computer, those of providers as well, or none."""
LONGEST = 200
"""Code points: what the database's column holds."""
_SHORT = 40
"""Clusters of a title that nobody chose."""


def as_title(text: str) -> str:
    """Somebody's own title. Empty where there is nothing to see, and shown in words then."""
    return _line(text, LONGEST)


def of_question(content: str) -> str:
    """The beginning of a conversation's first question; empty as `as_title`."""
    return _line(content, _SHORT)


def _line(text: str, clusters: int) -> str:
    line = on_one_line(storable(text.lstrip()[: 8 * LONGEST]))
    return cut(line, clusters, LONGEST).strip() if has_visible(line) else ""
