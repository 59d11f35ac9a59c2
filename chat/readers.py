"""One connection's open readers: each follows a run in a task of its own.

Channels hands over one frame at a time, so text relayed inside `receive` would hold back "stop"
and the disconnect until it ended.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from django.conf import settings

from chat.errors import ChatError, ErrorCode
from chat.frames import FrameWriter, ShortFormWriter, Writer, error_frame
from chat.protocol import ServerFrame
from chat.runs.reading import ReaderEvent
from chat.service import ChatService
from chat.supervised import detach

logger = logging.getLogger(__name__)

Tell = Callable[[ServerFrame], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A run from event `after` of `epoch` on, told in the language of `locale`."""

    run: str
    locale: str
    after: int = 0
    epoch: int | None = None
    short: bool = False


class Readers:
    """At most `MYLLM_READERS_PER_SOCKET`, each of another run. Used from one event loop."""

    def __init__(self, service: ChatService, tell: Tell) -> None:
        self._service = service
        self._tell = tell
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def __contains__(self, run: str) -> bool:
        return run in self._tasks

    async def open(self, wanted: Wanted) -> None:
        """Read on from there, in place of a reader of the same run.

        Raises `ChatError`: `too_many_readers`, or what `ChatService.attach` raises.
        """
        run, limit = wanted.run, settings.MYLLM_READERS_PER_SOCKET
        if len(self._tasks) >= limit and run not in self._tasks:
            raise ChatError(ErrorCode.TOO_MANY_READERS, limit=limit)
        reading = await self._service.attach(run, wanted.after, wanted.epoch)
        self.close(run)  # not before: a bad cursor must not silence a good reader
        frames = FrameWriter(run, reading.epoch, wanted.locale)
        writer: Writer = ShortFormWriter(frames) if wanted.short else frames
        task = detach(lambda: self._forward(wanted, reading.events, writer), f"read {run}")
        self._tasks[run] = task
        task.add_done_callback(lambda done: self._forget(run, done))

    def close(self, run: str) -> None:
        """Read it no more. The run goes on."""
        if task := self._tasks.pop(run, None):
            task.cancel()

    async def close_all(self) -> None:
        """Returns when nothing more is told."""
        tasks = [*self._tasks.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _forget(self, run: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(run) is task:
            del self._tasks[run]

    async def _forward(
        self, wanted: Wanted, events: AsyncIterator[ReaderEvent], writer: Writer
    ) -> None:
        try:
            async for event in events:
                for frame in writer.write(event):
                    await self._tell(frame)
        except ChatError as error:
            await self._refuse(wanted, error)
        except Exception:
            logger.exception("run %s could not be read on", wanted.run)
            await self._refuse(wanted, ChatError(ErrorCode.INTERNAL))

    async def _refuse(self, wanted: Wanted, error: ChatError) -> None:
        await self._tell(error_frame(error.code, error.detail, wanted.locale, run=wanted.run))
