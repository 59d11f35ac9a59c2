"""What a connection is told unasked: the models' states, and what other devices changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing

from chat.actor import Actor
from chat.changes import watch
from chat.service import ChatService
from chat.supervised import supervise
from chat.wire.model_frames import model_frames
from chat.wire.protocol import Changed, Model, Models, ServerFrame

Tell = Callable[[ServerFrame], Awaitable[None]]


class Notifications:
    """Begins with the first `hello`. `locale` is the language told in from then on."""

    def __init__(self, service: ChatService, tell: Tell) -> None:
        self._service = service
        self._tell = tell
        self._locale = ""
        self._models: list[Model] = []
        self._own: dict[str, int] = {}
        self._tasks: tuple[asyncio.Task[None], ...] = ()

    def begin(self, actor: Actor, locale: str, models: list[Model]) -> None:
        """Tell from now on, unless that is done already; `models` are told."""
        self._locale = locale
        self._models = models
        if not self._tasks:
            self._tasks = (
                supervise(lambda: self._follow_models(actor), "news of models"),
                supervise(lambda: self._follow_changes(actor.owner), "news of changes"),
            )

    def know(self, conversation: str, revision: int) -> None:
        """This connection made that change itself and has been told."""
        self._own[conversation] = revision

    async def end(self) -> None:
        """Returns when nothing more is told; may begin again."""
        tasks, self._tasks = self._tasks, ()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _follow_models(self, actor: Actor) -> None:
        async for cards in self._service.allowed.watch(actor):
            frames = model_frames(cards, self._locale)
            if frames != self._models:
                await self._tell(Models(frames))
                self._models = frames

    async def _follow_changes(self, owner: str) -> None:
        async with aclosing(watch(owner)) as changes:
            async for change in changes:
                if change.revision > self._own.get(change.conversation, 0):
                    await self._tell(Changed(change.conversation, change.revision))
