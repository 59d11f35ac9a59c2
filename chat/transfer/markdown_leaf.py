"""Blocks of Markdown that continue until they are closed, over blank lines and headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_RAW = re.compile(r" {0,3}<(script|pre|style|textarea)(?:[\s>]|$)", re.IGNORECASE)
_RAW_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_MARKS = (
    (re.compile(r" {0,3}<!--"), "-->"),
    (re.compile(r" {0,3}<\?"), "?>"),
    (re.compile(r" {0,3}<!\[CDATA\["), "]]>"),
    (re.compile(r" {0,3}<![A-Za-z]"), ">"),
)
_FORMULAS = ((re.compile(r" *\$\$"), "$$"), (re.compile(r" *\\\["), r"\]"))


@dataclass(frozen=True, slots=True)
class Leaf:
    """An open block, and the line that closes it. A formula followed by another such block was
    not a formula.
    """

    closing: str
    is_fence: bool = False
    is_formula: bool = False

    def is_closed_by(self, line: str) -> bool:
        """Whether it ends with this line."""
        if self.closing.startswith("</"):
            return _RAW_END.search(line) is not None
        if not self.is_fence:
            return self.closing in line
        mark, size = self.closing[0], len(self.closing)
        return re.fullmatch(rf" {{0,3}}{re.escape(mark)}{{{size},}}[ \t]*", line) is not None


def leaf_of(line: str) -> Leaf | None:
    """The block that begins with the line and does not end with it."""
    if fence := _FENCE.match(line):
        return Leaf(fence[1], is_fence=True)
    if raw := _RAW.match(line):
        return _unless_closed(Leaf(f"</{raw[1].lower()}>"), line[raw.end() :])
    for opening, closing in _MARKS:
        if found := opening.match(line):
            return _unless_closed(Leaf(closing), line[found.end() :])
    for opening, closing in _FORMULAS:
        if found := opening.match(line):
            return _unless_closed(Leaf(closing, is_formula=True), line[found.end() :])
    return None


def _unless_closed(leaf: Leaf, rest: str) -> Leaf | None:
    return None if leaf.is_closed_by(rest) else leaf
