"""A conversation with a model in this process, while no server runs."""

from __future__ import annotations

import asyncio
import queue
import secrets
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

import msgspec

from chat.actor import OWNER, Actor
from chat.current_service import current_service
from chat.errors import ChatError
from chat.service import ChatService
from chat.socket.frame_writer import FrameWriter
from chat.terminal.language import pick
from chat.terminal.refused import refused
from chat.wire.model_frames import model_frames
from chat.wire.protocol import Models, Send
from hosting.loop_thread import LoopThread
from hosting.terminal_chat.session import Frame, is_late

_POLL_SECONDS = 0.5
_ACTOR = Actor(OWNER, "terminal", is_owner=True)


class LocalSession:
    """A `ChatSession`. The service runs on an event loop in another thread, so that only the
    caller's thread receives Ctrl-C. Conversations are stored as they are with a server.
    """

    def __init__(self) -> None:
        self._loop = LoopThread()
        self._frames: queue.Queue[Frame] = queue.Queue()
        self._locale = pick("zh", "en")
        self._conversation: str | None = None
        self._run: str | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._loop.start()
        self._service: ChatService = self._loop.call(_opened())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call(self._end())
        self._loop.stop()

    def models(self) -> list[Frame]:
        found: list[Frame] = msgspec.to_builtins(self._loop.call(self._shown()))
        return found

    def begin(self, model: str | None) -> None:
        """Load that model, or the default; `models` frames report the progress."""
        self._loop.call(self._begin(model))

    def ask(self, question: str, model: str | None) -> None:
        send = Send(secrets.token_hex(8), question, conversation=self._conversation, model=model)
        try:
            self._loop.call(self._open(send))
        except ChatError as error:
            raise refused(error) from None

    def receive(self) -> Frame | None:
        try:
            frame = self._frames.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            return None
        return None if is_late(frame, self._run) else frame

    def stop(self) -> None:
        if self._run is not None:
            self._loop.call(self._service.stop(_ACTOR, self._run))

    async def _begin(self, model: str | None) -> None:
        if model is not None:
            self._service.listing.engine.set_default(model)
        await self._service.start()
        self._spawn(self._forward_models())

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._service.close()

    async def _open(self, send: Send) -> None:
        turn = await self._service.send(_ACTOR, send)
        self._run, self._conversation = turn.run, turn.conversation
        self._spawn(self._forward_run(turn.run))

    async def _shown(self) -> list[Any]:
        return model_frames(await self._service.allowed.of(_ACTOR), self._locale)

    async def _forward_models(self) -> None:
        async for cards in self._service.allowed.watch(_ACTOR):
            self._put(Models(model_frames(cards, self._locale)))

    async def _forward_run(self, run: str) -> None:
        reading = await self._service.attach(_ACTOR, run, 0, None)
        writer = FrameWriter(run, reading.epoch, self._locale)
        async for event in reading.events:
            for frame in writer.write(event):
                self._put(frame)

    def _put(self, frame: object) -> None:
        self._frames.put(msgspec.to_builtins(frame))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _opened() -> ChatService:
    """The service, with the list of models and none of them loaded."""
    service = current_service()
    await service.listing.open_all()
    return service
