"""HTML elements that a Markdown text leaves open."""

from __future__ import annotations

import re

_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*?)?(/?)>")
_ELEMENTS = frozenset(
    {
        *("a", "article", "aside", "b", "big", "blockquote", "button", "center", "cite", "code"),
        *("dd", "del", "details", "dfn", "div", "dl", "em", "fieldset", "figure", "font"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "i", "iframe", "ins"),
        *("kbd", "label", "main", "mark", "nav", "noscript", "ol", "q", "ruby", "s", "samp"),
        *("section", "select", "small", "span", "strike", "strong", "sub", "summary", "sup"),
        *("svg", "table", "title", "tt", "u", "ul", "var", "video", "audio"),
    }
)
"""Elements that extend to the end of the page if they are not closed. Other names in angle brackets
are mostly types and placeholders.
"""


class OpenTags:
    """The elements that are open after the lines passed to `take`."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def take(self, line: str) -> None:
        """Read a line outside of code blocks."""
        for tag in _TAG.finditer(_CODE.sub("", line)):
            name = tag[2].lower()
            if name in _ELEMENTS and not tag[3]:
                self._note(name, is_closing=bool(tag[1]))

    def closing(self) -> str:
        """The tags that close all open elements, the innermost first."""
        return "".join(f"</{name}>" for name in reversed(self._open))

    def _note(self, name: str, *, is_closing: bool) -> None:
        if not is_closing:
            self._open.append(name)
        elif name in self._open:
            last = len(self._open) - 1 - self._open[::-1].index(name)
            del self._open[last:]
