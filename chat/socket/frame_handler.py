"""What a known caller's frames ask for: each is one use case."""

from __future__ import annotations

import secrets

from chat.actor import Actor
from chat.service import ChatService
from chat.socket.notifications import Notifications
from chat.socket.readers import Readers, Tell, Wanted
from chat.store import Turn
from chat.wire.protocol import (
    Accepted,
    Attach,
    Detach,
    Ping,
    Pong,
    Regenerate,
    Resume,
    Send,
    ShortMessage,
    Stop,
    Withdraw,
)

Request = Attach | Detach | Ping | Regenerate | Resume | Send | ShortMessage | Stop | Withdraw


class FrameHandler:
    """Of one connection; keeps its short-form conversation. `tell` sends a frame."""

    def __init__(
        self, service: ChatService, readers: Readers, notifications: Notifications, tell: Tell
    ) -> None:
        self._service = service
        self._readers = readers
        self._notifications = notifications
        self._tell = tell
        self._short_conversation: str | None = None

    async def handle(self, actor: Actor, frame: Request, locale: str) -> None:
        """Answers are in the language of `locale`. Raises `ChatError`."""
        match frame:
            case Send() | Regenerate():
                await self._accept(actor, frame, locale)
            case ShortMessage():
                await self._send_short(actor, frame, locale)
            case Ping():
                await self._tell(Pong())
            case Detach(run):
                self._readers.close(run)
            case _:
                await self._handle_run(actor, frame, locale)

    async def _handle_run(
        self, actor: Actor, frame: Attach | Stop | Resume | Withdraw, locale: str
    ) -> None:
        match frame:
            case Attach(run, after, epoch):
                await self._readers.open(actor, Wanted(run, locale, after, epoch))
            case Stop(run):
                await self._service.stop(actor, run)
            case Resume(run):
                reading = await self._service.resume(actor, run)
                self._readers.read(Wanted(run, locale), reading)
            case Withdraw(run):
                await self._service.withdraw(actor, run)

    async def _accept(self, actor: Actor, frame: Send | Regenerate, locale: str) -> None:
        turn = await self._open(actor, frame)
        self._notifications.know(turn.conversation, turn.revision)
        made = (turn.run, turn.conversation, turn.message, turn.user_message)
        await self._tell(Accepted(frame.client_msg_id, *made))
        if turn.run not in self._readers:
            await self._readers.open(actor, Wanted(turn.run, locale))

    async def _open(self, actor: Actor, frame: Send | Regenerate) -> Turn:
        if isinstance(frame, Send):
            return await self._service.send(actor, frame)
        return await self._service.regenerate(actor, frame)

    async def _send_short(self, actor: Actor, frame: ShortMessage, locale: str) -> None:
        key, conversation = secrets.token_urlsafe(16), self._short_conversation
        send = Send(key, frame.message, conversation=conversation, options=frame.options)
        turn = await self._service.send(actor, send)
        self._short_conversation = turn.conversation
        await self._readers.open(actor, Wanted(turn.run, locale, short=True))
