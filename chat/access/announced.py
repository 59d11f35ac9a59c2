"""The names under which this process is currently announced to the network.

They are known hosts only while they are announced. Another computer could use a free name, and its
page would be trusted like this server's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_names: set[str] = set()


def announced_names() -> frozenset[str]:
    return frozenset(_names)


@contextmanager
def known_as(name: str) -> Iterator[None]:
    """The name is announced inside this block."""
    _names.add(name)
    try:
        yield
    finally:
        _names.discard(name)
