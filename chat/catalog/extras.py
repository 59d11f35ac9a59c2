"""Packages beside the core ones, installed once the owner agrees to it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from chat.actor import Actor
from chat.catalog.ownership import require_owner
from chat.errors import ChatError, ErrorCode


@dataclass(frozen=True, slots=True)
class OfferedExtra:
    """`megabytes` is about what it adds to the disk. While it `is_under_way`, `done` of them have
    come. `note` and `failure` are sentences for people, empty for none.
    """

    id: str
    purpose: str
    megabytes: int
    is_installed: bool
    is_under_way: bool = False
    done: float = 0.0
    note: str = ""
    failure: str = ""


class ExtraSource(Protocol):
    """Whoever can install packages into the environment that runs. Blocks shortly."""

    def extras(self, *, chinese: bool) -> list[OfferedExtra]: ...

    def begin(self, extra: str) -> bool:
        """Begin to install it, unless that is under way; whether there is such an extra."""
        ...


class _NoSource:
    def extras(self, *, chinese: bool) -> list[OfferedExtra]:
        return []

    def begin(self, extra: str) -> bool:
        return False


_sources: list[ExtraSource] = []


def install_by(source: ExtraSource) -> None:
    """From now on this process installs extras; without it there are none to offer."""
    _sources[:] = [source]


async def list_extras(actor: Actor, *, chinese: bool) -> list[OfferedExtra]:
    """Raises `ChatError` with `not_allowed`."""
    require_owner(actor)
    return await asyncio.to_thread(_source().extras, chinese=chinese)


async def install_extra(actor: Actor, extra: str, *, chinese: bool) -> OfferedExtra:
    """The owner agrees: begin, and tell how far it is. Raises `ChatError`: `not_allowed`,
    `bad_field` for an extra that nobody knows.
    """
    require_owner(actor)
    if not await asyncio.to_thread(_source().begin, extra):
        raise ChatError(ErrorCode.BAD_FIELD, reason="`extra`")
    shown = await asyncio.to_thread(_source().extras, chinese=chinese)
    return next(one for one in shown if one.id == extra)


def _source() -> ExtraSource:
    return _sources[0] if _sources else _NoSource()
