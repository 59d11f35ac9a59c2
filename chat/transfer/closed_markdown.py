"""Markdown with its open ends closed, so that it changes nothing of what follows it.

What a model was stopped in goes on to the end of a document: a fence, a comment or another block
of raw HTML, a formula, an HTML element.
"""

from __future__ import annotations

import re

from chat.transfer.markdown_containers import Container, inside, opened
from chat.transfer.markdown_html import begins_html
from chat.transfer.markdown_leaf import Leaf, leaf_of
from chat.transfer.markdown_tags import OpenTags

_LINE_END = re.compile(r"\r\n|\r|\n")
_CODE = "    "
_HEADING = re.compile(r" {0,3}(?:#{1,6}(?:\s|$)|=+ *$|([-*_])(?: *\1)* *$)")
_MARKER = re.compile(r"[^>\s]")


def closed(text: str) -> str:
    """The text, and behind it what closes the blocks and elements that it leaves open."""
    reading = _Reading()
    for line in _LINE_END.split(text):
        reading.take(line.expandtabs(4))
    return text + reading.closing()


class _Reading:
    """Where in the structure of its blocks a text is, line after line."""

    def __init__(self) -> None:
        self._containers: list[Container] = []
        self._leaf: Leaf | None = None
        self._prefix = ""
        self._in_html = False
        self._in_paragraph = False
        self._tags = OpenTags()

    def take(self, line: str) -> None:
        rest, kept = inside(line, self._containers)
        if kept < len(self._containers) and not self._is_lazy(rest):
            self._leave(kept)
        if self._leaf is None or not self._goes_on(self._leaf, rest):
            rest = self._take_other(rest)
            self._prefix = _without_markers(line[: len(line) - len(rest.lstrip())])

    def closing(self) -> str:
        """What has to be appended; the innermost first."""
        leaf = f"\n{self._prefix}{self._leaf.closing}" if self._leaf else ""
        tags = self._tags.closing()
        return leaf + (f"\n\n{tags}" if tags else "")

    def _leave(self, kept: int) -> None:
        del self._containers[kept:]
        self._leaf = None
        self._in_html = self._in_paragraph = False

    def _is_lazy(self, rest: str) -> bool:
        """Whether the line goes on with a paragraph or a formula without its containers' marks."""
        goes_on = self._leaf.is_formula if self._leaf else self._in_paragraph
        return goes_on and not (_ends_paragraph(rest) or opened(rest)[1] or _is_other_block(rest))

    def _goes_on(self, leaf: Leaf, rest: str) -> bool:
        """Whether the line is a part of the open block, which may end with it."""
        if leaf.is_formula and _is_other_block(rest):
            self._leaf = None
            return False
        if leaf.is_closed_by(rest):
            self._leaf = None
        return True

    def _take_other(self, rest: str) -> str:
        """What of the line is no container's."""
        self._in_html = self._in_html and bool(rest.strip())
        if not self._in_html:
            rest, containers = opened(rest)
            self._containers += containers
            self._in_paragraph = self._in_paragraph and not containers
            self._open(rest)
        if self._leaf is None and (self._in_paragraph or not rest.startswith(_CODE)):
            self._tags.take(rest)
        return rest

    def _open(self, rest: str) -> None:
        if not self._in_paragraph and rest.startswith(_CODE):
            return
        self._leaf = leaf_of(rest)
        in_html = self._leaf is None and begins_html(rest, in_paragraph=self._in_paragraph)
        self._in_html = in_html
        self._in_paragraph = not (_ends_paragraph(rest) or in_html or self._leaf)


def _without_markers(prefix: str) -> str:
    """Indented as far as a list item's text, which goes on with the line whether it is taken for a
    part of the item or not.
    """
    return _MARKER.sub(" ", prefix)


def _ends_paragraph(line: str) -> bool:
    """A blank line, a heading or its underline, a line across."""
    return not line.strip() or _HEADING.match(line) is not None


def _is_other_block(line: str) -> bool:
    """Whether something begins with the line that no formula has in it."""
    found = leaf_of(opened(line)[0])
    is_leaf = found is not None and not found.is_formula
    return is_leaf or begins_html(line, in_paragraph=True)
