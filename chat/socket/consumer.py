"""The WebSocket's transport: parse a frame, call the service, forward what it gives."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer

from chat.access.peers import header_of
from chat.access.socket_authentication import CLOSE_UNPAIRED, SocketAuthentication
from chat.actor import Actor, actor_of
from chat.conf import conf
from chat.current_service import current_service
from chat.errors import ChatError, ErrorCode
from chat.socket.error_frame import error_frame
from chat.socket.frame_handler import FrameHandler
from chat.socket.greeting import greeting
from chat.socket.notifications import Notifications
from chat.socket.rate_limit import TokenBucket
from chat.socket.readers import Readers
from chat.socket.received import read_frame
from chat.socket.short_form.form import Form
from chat.socket.short_form.refusal import refusal_frames
from chat.wire.codec import encode
from chat.wire.correlation import correlation
from chat.wire.model_frames import model_frames
from chat.wire.protocol import PROTOCOL_VERSION, ClientFrame, ClientHello, ServerFrame

logger = logging.getLogger(__name__)

CLOSE_FLOODED = 4008
"""The socket sent far more frames than allowed; what it sent after the error was dropped."""

_DROPPED_BEFORE_CLOSE = 2000


class ChatConsumer(AsyncWebsocketConsumer):
    """One connection: who it is, its locale, its readers and its notifications."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Whatever ends the connection, another may be admitted in its place."""
        self._admission = SocketAuthentication(scope, self._close_socket)
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._admission.close()

    async def connect(self) -> None:
        self._service = current_service()
        self._locale = header_of(self.scope, b"accept-language")
        self._bucket = TokenBucket(conf().frames_per_second)
        self._leaving = self._hung_up = False
        self._form = Form()
        self._readers = Readers(self._service, self._tell)
        self._notifications = Notifications(self._service, self._tell)
        self._handler = FrameHandler(self._service, self._readers, self._notifications, self._tell)
        try:
            await self._admission.open()
        except ChatError:
            await self.close()
            return
        await self._service.start()
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """The readers end, the runs go on."""
        await self._end_readers()

    async def _end_readers(self) -> None:
        await self._readers.close_all()
        await self._notifications.end()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self._leaving:
            return  # closed already; what was under way still arrives, and cannot be answered
        told = (bytes_data or b"").decode(errors="replace") if text_data is None else text_data
        if not self._bucket.take():
            await self._drop(told)
            return
        frame: ClientFrame | None = None
        try:
            frame = read_frame(text_data)
            self._form.note(frame)
            await self._handle(frame)
        except ChatError as error:
            await self._refuse(error, frame, told)
        except Exception:
            logger.exception("a frame could not be handled")
            await self._refuse(ChatError(ErrorCode.INTERNAL), frame, told)

    async def _refuse(self, error: ChatError, frame: ClientFrame | None, told: str) -> None:
        """An unauthenticated socket may send one frame alone, and that must authenticate it."""
        if error.code is ErrorCode.UNPAIRED or (
            frame is None and not self._admission.is_authenticated
        ):
            await self._close_socket()
            return
        await self._tell_error(error, told)
        if self._form.is_short(frame):
            self._readers.refuse_short(error, self._locale)

    async def _close_socket(self) -> None:
        """Whoever is not, or not any more, to be here is told so and cut off."""
        if self._leaving:
            return
        self._leaving = True
        await self._end_readers()
        await self._tell_error(ChatError(ErrorCode.UNPAIRED))
        if self._form.is_short(None):
            for told in refusal_frames(ErrorCode.UNPAIRED, {}, self._locale):
                await self._tell(told)
        await self._hang_up(CLOSE_UNPAIRED)

    @property
    def _actor(self) -> Actor:
        """Raises `ChatError` with `unpaired` for a stranger."""
        identity = self._admission.identity
        return actor_of(identity)

    async def _handle(self, frame: ClientFrame) -> None:
        if isinstance(frame, ClientHello):
            await self._hello(frame)
            return
        await self._handler.handle(self._actor, frame, self._locale)

    async def _hello(self, frame: ClientHello) -> None:
        if frame.protocol != PROTOCOL_VERSION:
            raise ChatError(
                ErrorCode.UNSUPPORTED_PROTOCOL, client=frame.protocol, server=PROTOCOL_VERSION
            )
        self._locale = frame.locale or self._locale
        if await self._admission.greet(frame.token):
            await self._end_readers()  # they read what belongs to somebody else
        models = model_frames(await self._service.allowed.of(self._actor), self._locale)
        await self._tell(greeting(self._actor.device, models))
        self._notifications.begin(self._actor, self._locale, models)

    async def _drop(self, told: str) -> None:
        """One error per flood; an answer to every frame would make it worse."""
        if self._bucket.refused == 1:
            await self._refuse(ChatError(ErrorCode.TOO_MANY_FRAMES), None, told)
        elif self._bucket.refused == _DROPPED_BEFORE_CLOSE:
            self._leaving = True
            await self._end_readers()
            await self._hang_up(CLOSE_FLOODED)

    async def _tell_error(self, error: ChatError, told: str = "") -> None:
        """Names what the refused frame named, so that the client knows which it was."""
        named = correlation(told)
        await self._tell(
            error_frame(
                error.code,
                error.detail,
                self._locale,
                run=named.run,
                client_msg_id=named.client_msg_id,
            )
        )

    async def _hang_up(self, code: int) -> None:
        self._hung_up = True
        with suppress(OSError):  # it has gone by itself
            await self.close(code)

    async def _tell(self, frame: ServerFrame) -> None:
        if self._hung_up:
            return  # what was under way when it was closed has nobody to tell
        try:
            await self.send(text_data=encode(frame))
        except OSError:
            # ASGI's word for a connection that is gone; `disconnect` comes next and ends the
            # readers. Raised in one of them nobody would catch it.
            return
