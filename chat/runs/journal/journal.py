"""The journal of this process: one `write` for what several runs append, then their readers.

With a checkpoint a new segment begins; once the database has the checkpoint's texts the older one
is removed. A journal counts only while the database knows its name, which it learns after the texts
that the journal continues.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from chat.run_events import RunEvent
from chat.runs.journal.journaled_log import JournaledRunLog
from chat.runs.journal.record import Entry, encode_entries
from chat.runs.journal.recovery import Recovery, recover
from chat.runs.journal.segments import Segments
from chat.runs.log import MemoryRunLog, RunLog
from chat.supervised import supervise

_SYNC_SECONDS = 1.0
_WRITE_SECONDS = 0.005
"""Between two writes. One for each event costs 10 % of the processor's time with a thousand readers
at four events a second; nobody sees a delay that is a seventh of what gathers tokens.
"""

logger = logging.getLogger(__name__)


class FileJournal:
    """In files of `folder`, at most `limit` bytes. Past that, and where the disk takes nothing
    more, events are told without being kept, until a checkpoint has begun another journal. Used
    from one event loop.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._due = 0.0
        self._entries: list[Entry] = []
        self._untold: list[tuple[MemoryRunLog, RunEvent]] = []
        self._segments = Segments(folder, limit, "")
        self._syncing: asyncio.Task[None] | None = None
        self.on_unkept: Callable[[], None] = lambda: None
        self.keeps = False

    @property
    def name(self) -> str:
        return self._segments.name

    async def open(self, server: str, before: str) -> Recovery:
        await self.close()  # of a start that failed
        recovery = await asyncio.to_thread(recover, self._folder, before, server)
        self._segments = Segments(self._folder, self._limit, server)
        await self._segments.renew()
        self._syncing = supervise(self._sync_regularly, "journal")
        return recovery

    def log(self, run: str, told: MemoryRunLog) -> RunLog:
        return JournaledRunLog(run, told, self)

    def append(self, entry: Entry, told: MemoryRunLog, event: RunEvent) -> None:
        if not self._entries:
            self._schedule_flush()
        self._entries.append(entry)
        self._untold.append((told, event))

    def flush(self) -> None:
        if not self._entries:
            return
        entries, self._entries = self._entries, []
        untold, self._untold = self._untold, []
        if not self._write(entries):
            self.on_unkept()
        for told, event in untold:
            try:
                told.append(event)
            except Exception:
                logger.exception("an event could not be told, the others are")

    def _schedule_flush(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        if now >= self._due:
            self._due = now + _WRITE_SECONDS
            loop.call_soon(self.flush)
        else:
            loop.call_at(self._due, self.flush)
            self._due += _WRITE_SECONDS

    def carry(self, entry: Entry) -> None:
        self._write([entry])

    async def prepare(self) -> str:
        if self.keeps:
            await self._segments.rotate()
            return ""
        await self._segments.renew()
        return self.name

    async def confirm(self) -> None:
        if self.keeps:
            await self._segments.cut()
        elif self.name:
            self.keeps = True
            await self._segments.remove_others()

    async def close(self) -> None:
        """Write what is left, and keep the files."""
        self.flush()
        if self._syncing is not None:
            self._syncing.cancel()
            await asyncio.wait({self._syncing})
            self._syncing = None
            await self._segments.close()

    def _write(self, entries: list[Entry]) -> bool:
        """Before it is confirmed, a journal takes events that it does not keep yet."""
        try:
            written = self._segments.write(encode_entries(entries))
        except Exception as error:
            logger.exception("an event cannot be encoded")
            self._segments.void(error)
            written = False
        self.keeps = self.keeps and written
        return self.keeps

    async def _sync_regularly(self) -> None:
        while True:
            await asyncio.sleep(_SYNC_SECONDS)
            await self._segments.sync()
            self.keeps = self.keeps and bool(self.name)
