"""Paths through a tree of messages."""

from __future__ import annotations

from collections.abc import Iterable


def path_end(at: str | None, replies: Iterable[tuple[str | None, str]]) -> str | None:
    """The end of the path that follows the newest reply of each message, beginning `at` one.

    `replies` are pairs of a parent and its reply, the oldest first.
    """
    newest = {parent: reply for parent, reply in replies if parent is not None}
    while at in newest:
        at = newest.pop(at)
    return at
