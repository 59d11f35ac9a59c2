"""The names under which this process is announced to the network just now.

They are good hosts for as long as they are ours alone: a name that nobody holds might be taken
by a stranger, whose page would then speak for this server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_names: set[str] = set()


def announced_names() -> frozenset[str]:
    return frozenset(_names)


@contextmanager
def known_as(name: str) -> Iterator[None]:
    """Announced inside this block."""
    _names.add(name)
    try:
        yield
    finally:
        _names.discard(name)
