"""One connection's open readers: each follows a run in a task of its own.

Channels hands over one frame at a time, so text relayed inside `receive` would hold back "stop"
and the disconnect until it ended.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from chat.actor import Actor
from chat.conf import conf
from chat.errors import ChatError, ErrorCode
from chat.service import ChatService, Reading
from chat.socket.error_frame import error_frame
from chat.socket.frame_writer import FrameWriter, Writer
from chat.socket.short_form.refusal import refusal_frames
from chat.socket.short_form.waiting_told import waiting_told
from chat.socket.short_form.writer import ShortFormWriter
from chat.supervised import Work, detach
from chat.wire.protocol import ServerFrame

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
    """At most `readers_per_socket`, each of another run. Used from one event loop.

    A short-form client draws one line at a time, so what it is told of one question comes after
    all that it is told of the question before.
    """

    def __init__(self, service: ChatService, tell: Tell) -> None:
        self._service = service
        self._tell = tell
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._line: asyncio.Task[None] | None = None

    def __contains__(self, run: str) -> bool:
        return run in self._tasks

    async def open(self, actor: Actor, wanted: Wanted) -> None:
        """Read on from there, in place of a reader of the same run.

        Raises `ChatError`: `too_many_readers`, or what `ChatService.attach` raises.
        """
        self._check_room(wanted.run)
        reading = await self._service.attach(actor, wanted.run, wanted.after, wanted.epoch)
        self.read(wanted, reading)

    def read(self, wanted: Wanted, reading: Reading) -> None:
        """The same for a run that was found already. Raises `ChatError`: `too_many_readers`."""
        run = wanted.run
        self._check_room(run)
        self.close(run)  # not before: a bad cursor must not silence a good reader
        if wanted.short:
            self._line = self._begin(run, self._after_line(lambda: self._draw(wanted, reading)))
        else:
            frames = FrameWriter(run, reading.epoch, wanted.locale)
            self._begin(run, lambda: self._forward(wanted, reading, frames))

    def refuse_short(self, error: ChatError, locale: str) -> None:
        """Let a short-form client draw why a question of its own was refused."""
        if len(self._tasks) >= conf().readers_per_socket:
            return  # the `error` frame alone: whoever goes on like this is not held in memory
        name = f"refusal {secrets.token_hex(4)}"
        work = self._after_line(lambda: self._tell_refusal(error, locale))
        self._line = self._begin(name, work)

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

    def _check_room(self, run: str) -> None:
        limit = conf().readers_per_socket
        if len(self._tasks) >= limit and run not in self._tasks:
            raise ChatError(ErrorCode.TOO_MANY_READERS, limit=limit)

    def _begin(self, name: str, work: Work) -> asyncio.Task[None]:
        task = detach(work, f"read {name}")
        self._tasks[name] = task
        task.add_done_callback(lambda done: self._forget(name, done))
        return task

    def _after_line(self, work: Work) -> Work:
        before = self._line

        async def begin() -> None:
            if before is not None:
                await asyncio.wait({before})
            await work()

        return begin

    def _forget(self, run: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(run) is task:
            del self._tasks[run]

    async def _draw(self, wanted: Wanted, reading: Reading) -> None:
        frames = FrameWriter(wanted.run, reading.epoch, wanted.locale)
        writer = ShortFormWriter(frames, lambda: self._service.card(reading.model))
        async with waiting_told(writer, self._service.watch, self._tell):
            await self._forward(wanted, reading, writer)

    async def _forward(self, wanted: Wanted, reading: Reading, writer: Writer) -> None:
        try:
            async for event in reading.events:
                for frame in writer.write(event):
                    await self._tell(frame)
        except ChatError as error:
            await self._refuse(wanted, error)
        except Exception:
            logger.exception("run %s could not be read on", wanted.run)
            await self._refuse(wanted, ChatError(ErrorCode.INTERNAL))

    async def _refuse(self, wanted: Wanted, error: ChatError) -> None:
        await self._tell(error_frame(error.code, error.detail, wanted.locale, run=wanted.run))
        if wanted.short:
            await self._tell_refusal(error, wanted.locale)

    async def _tell_refusal(self, error: ChatError, locale: str) -> None:
        for frame in refusal_frames(error.code, error.detail, locale):
            await self._tell(frame)
