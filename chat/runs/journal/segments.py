"""A journal's files: the segment that is written, and the one before it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from chat.runs.journal.boot import boot_id
from chat.runs.journal.header import Header
from chat.runs.journal.record import frame
from chat.runs.journal.segment import SUFFIX, Segment

logger = logging.getLogger(__name__)


class Segments:
    """At most `limit` bytes in `folder`. Used from one event loop."""

    def __init__(self, folder: Path, limit: int, server: str) -> None:
        self._folder = folder
        self._limit = limit
        self._header = Header("", server, boot_id(), 0)
        self._current: Segment | None = None
        self._older: Segment | None = None
        self._voided: list[Segment] = []
        self._reported = False

    @property
    def name(self) -> str:
        """The journal's, while there is one."""
        return self._header.journal if self._current else ""

    def write(self, payload: bytes) -> bool:
        """One `write`; whether it is in the journal. A journal that lacks something is void from
        then on: nothing may be continued from it.
        """
        segment = self._current
        if segment is None:
            return False
        try:
            self._append(segment, frame(payload, segment.seed))
        except OSError as error:
            self.void(error)
        return self._current is segment

    def void(self, error: Exception) -> None:
        """No journal any more, at once; `error` says why."""
        self._report(error)
        for segment in reversed(tuple(self._open())):  # killed in between, the newest is torn
            with suppress(OSError):
                segment.void()
            self._voided.append(segment)
        self._current = self._older = None

    async def renew(self) -> None:
        """Begin another journal, of another name, unless there is one."""
        if self._current is None:
            await asyncio.to_thread(self._remove_voided)
            await self._begin(replace(self._header, journal=secrets.token_hex(8), segment=1))

    async def rotate(self) -> None:
        """Begin another segment unless the one before the newest is still needed."""
        if self._older is None and self._current and self._current.has_records:
            await self._begin(replace(self._header, segment=self._header.segment + 1))

    async def cut(self) -> None:
        """Remove the segment before the newest."""
        older, self._older = self._older, None
        if older is not None:
            await asyncio.to_thread(_remove, older)

    async def remove_others(self) -> None:
        """Remove all files of earlier journals."""
        self._reported = False
        await asyncio.to_thread(self._remove_all_but, self.name)

    async def sync(self) -> None:
        """What was written lies on the disk, or the journal is void."""
        segment = self._current
        if segment is None:
            return
        try:
            await asyncio.to_thread(segment.sync)
        except OSError as error:
            self.void(error)

    async def close(self) -> None:
        """Keep the files."""
        for segment in self._open():
            await asyncio.to_thread(segment.close)

    def _append(self, segment: Segment, records: bytes) -> None:
        if sum(one.size for one in self._open()) + len(records) > self._limit:
            raise OSError(f"longer than {self._limit} bytes (journal_mb)")
        segment.append(records)

    async def _begin(self, header: Header) -> None:
        """What is written meanwhile goes to the segment before."""
        before = self._current
        try:
            made = await asyncio.to_thread(Segment, self._folder, header)
        except OSError as error:
            self._report(error)  # the segment before goes on
            return
        if self._current is not before:
            await asyncio.to_thread(_remove, made)  # void by now, and this one would follow it
            return
        self._header, self._older, self._current = header, before, made

    def _report(self, error: Exception) -> None:
        """Once, until it can be written again."""
        if not self._reported:
            logger.error("the journal of running answers cannot be written: %s", error)
        self._reported = True

    def _open(self) -> Iterator[Segment]:
        return (segment for segment in (self._older, self._current) if segment)

    def _remove_voided(self) -> None:
        while self._voided:
            _remove(self._voided.pop())

    def _remove_all_but(self, name: str) -> None:
        with suppress(OSError):
            for file in self._folder.glob(f"*{SUFFIX}"):
                if not file.name.startswith(f"{name}-"):
                    _unlink(file)


def _unlink(file: Path) -> None:
    with suppress(OSError):
        file.unlink()


def _remove(segment: Segment) -> None:
    with suppress(OSError):
        segment.remove()
