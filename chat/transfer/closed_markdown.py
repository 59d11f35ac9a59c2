"""Markdown with its open blocks closed, so that it does not affect the text after it.

An answer may be stopped inside of a fence, a comment or another block of raw HTML, a formula or an
HTML element. Left open, these would extend to the end of the document.
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
    """The text, followed by what closes the blocks and elements that it leaves open."""
    reading = _Reading()
    for line in _LINE_END.split(text):
        reading.take(line.expandtabs(4))
    return text + reading.closing()


class _Reading:
    """The block structure of a text, tracked line by line."""

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
        if self._leaf is None or not self._continues(self._leaf, rest):
            rest = self._take_other(rest)
            self._prefix = _without_markers(line[: len(line) - len(rest.lstrip())])

    def closing(self) -> str:
        """The lines to append; the innermost block is closed first."""
        leaf = f"\n{self._prefix}{self._leaf.closing}" if self._leaf else ""
        tags = self._tags.closing()
        return leaf + (f"\n\n{tags}" if tags else "")

    def _leave(self, kept: int) -> None:
        del self._containers[kept:]
        self._leaf = None
        self._in_html = self._in_paragraph = False

    def _is_lazy(self, rest: str) -> bool:
        """Whether the line continues a paragraph or formula without its containers' markers."""
        continues = self._leaf.is_formula if self._leaf else self._in_paragraph
        return continues and not (_ends_paragraph(rest) or opened(rest)[1] or _is_other_block(rest))

    def _continues(self, leaf: Leaf, rest: str) -> bool:
        """Whether the line belongs to the open block, which may end with it."""
        if leaf.is_formula and _is_other_block(rest):
            self._leaf = None
            return False
        if leaf.is_closed_by(rest):
            self._leaf = None
        return True

    def _take_other(self, rest: str) -> str:
        """The rest of the line after its containers' markers."""
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
    """The prefix with blanks for markers: a line indented like this continues a list item's text,
    whether or not it is read as a part of the item.
    """
    return _MARKER.sub(" ", prefix)


def _ends_paragraph(line: str) -> bool:
    """Whether it is a blank line, a heading or its underline, or a thematic break."""
    return not line.strip() or _HEADING.match(line) is not None


def _is_other_block(line: str) -> bool:
    """Whether a block begins with the line that cannot be inside of a formula."""
    found = leaf_of(opened(line)[0])
    is_leaf = found is not None and not found.is_formula
    return is_leaf or begins_html(line, in_paragraph=True)
