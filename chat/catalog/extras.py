"""Extras: optional packages, installed when the owner agrees."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from chat.actor import Actor
from chat.catalog.ownership import require_owner
from chat.errors import ChatError, ErrorCode


@dataclass(frozen=True, slots=True)
class OfferedExtra:
    """`megabytes` is the approximate size on the disk, of which `done` are installed while it
    `is_under_way`. `note` and `failure` are sentences for people, or empty.
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
    """Installs packages into the running environment. Its methods block for a short time."""

    def extras(self, *, chinese: bool) -> list[OfferedExtra]: ...

    def begin(self, extra: str) -> bool:
        """Begin to install it, unless that has begun; False for an unknown extra."""
        ...


class _NoSource:
    def extras(self, *, chinese: bool) -> list[OfferedExtra]:
        return []

    def begin(self, extra: str) -> bool:
        return False


_sources: list[ExtraSource] = []


def install_by(source: ExtraSource) -> None:
    """Set the source of extras in this process; without one none are offered."""
    _sources[:] = [source]


async def list_extras(actor: Actor, *, chinese: bool) -> list[OfferedExtra]:
    """The extras on offer. Raises `ChatError` with `not_allowed`."""
    require_owner(actor)
    return await asyncio.to_thread(_source().extras, chinese=chinese)


async def install_extra(actor: Actor, extra: str, *, chinese: bool) -> OfferedExtra:
    """Begin to install it and return its progress. Raises `ChatError`: `not_allowed`, or
    `bad_field` for an unknown extra.
    """
    require_owner(actor)
    if not await asyncio.to_thread(_source().begin, extra):
        raise ChatError(ErrorCode.BAD_FIELD, reason="`extra`")
    shown = await asyncio.to_thread(_source().extras, chinese=chinese)
    return next(one for one in shown if one.id == extra)


def _source() -> ExtraSource:
    return _sources[0] if _sources else _NoSource()
