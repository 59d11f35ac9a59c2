"""The names under which this process is announced to the network at present.

They are known hosts only while they are announced: a free name could be taken by another computer,
whose page would then pass for this server's.
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
