"""Block quotes and list items, which contain other blocks (CommonMark 0.31, section 5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])(?: {1,4}(?! )| (?= )|$)")
_BREAK = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")


@dataclass(frozen=True, slots=True)
class Container:
    """A list item whose lines are indented by `width` columns; a block quote if that is None."""

    width: int = 0


def inside(line: str, containers: Sequence[Container]) -> tuple[str, int]:
    """The line's rest, and how many of the containers it continues."""
    for number, container in enumerate(containers):
        rest = _without(line, container)
        if rest is None:
            return line, number
        line = rest
    return line, len(containers)


def opened(line: str) -> tuple[str, list[Container]]:
    """The line's rest, and the containers that begin with it."""
    found: list[Container] = []
    while True:
        if quote := _QUOTE.match(line):
            found.append(Container())
            line = line[quote.end() :]
        elif not _BREAK.match(line) and (item := _ITEM.match(line)):
            found.append(Container(len(item[0]) + (item[0][-1] != " ")))
            line = line[item.end() :]
        else:
            return line, found


def _without(line: str, container: Container) -> str | None:
    if not container.width:
        quote = _QUOTE.match(line)
        return line[quote.end() :] if quote else None
    if not line.strip():
        return ""
    is_indented = line[: container.width].isspace() and len(line) > container.width
    return line[container.width :] if is_indented else None
