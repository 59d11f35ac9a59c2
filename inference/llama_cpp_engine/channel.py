"""The connection to the child process: its completions, on the event loop."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from typing import Any

from inference.errors import InferenceError, InferenceErrorCode

Item = dict[str, Any]
OnItem = Callable[[Item], None]
_LINE_BYTES = 1 << 24


class LlamaCall:
    """One completion in the child. `ended` is done once llama.cpp has released it."""

    def __init__(self, on_item: OnItem, send_stop: Callable[[], None]) -> None:
        self._on_item = on_item
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._send_stop = send_stop
        self._stopped = False
        self._failure: Exception | None = None

    def stop(self) -> None:
        """Let it end at its next token, or the next piece of its prompt. Idempotent."""
        if not self._stopped and not self.ended.done():
            self._stopped = True
            self._send_stop()

    def take(self, item: Item) -> None:
        """A completion that cannot take an item fails once llama.cpp has released it."""
        if self._failure is not None:
            return
        try:
            self._on_item(item)
        except Exception as error:  # noqa: BLE001 - it becomes a failed run
            self._failure = error
            self.stop()

    def end(self, failure: Exception | None) -> None:
        """The first end counts."""
        if self.ended.done():
            return
        failure = self._failure or failure
        if failure is None:
            self.ended.set_result(None)
        else:
            self.ended.set_exception(failure)
            self.ended.exception()  # marks the exception as retrieved: it may have no reader


class LlamaChannel:
    """`child.py` has the protocol. Used from one loop. `failure` is why it is closed."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._numbers = count(1)
        self._calls: dict[int, LlamaCall] = {}
        self.failure: InferenceError | None = None
        self._reading: asyncio.Task[None] | None = None

    @classmethod
    async def over(cls, connection: socket.socket) -> LlamaChannel:
        """Wrap the server's end of the socket."""
        connection.setblocking(False)
        return cls(*await asyncio.open_connection(sock=connection, limit=_LINE_BYTES))

    async def load(self, parameters: dict[str, Any]) -> tuple[str, str]:
        """The outcome of the start, and its text; see `child.py`. Raises `EOFError` at the end, and
        for a violation of the protocol.
        """
        self._send(parameters)
        try:
            word, text = json.loads(await self._reader.readline())
        except (ConnectionError, ValueError, TypeError):
            raise EOFError from None
        return str(word), str(text)

    def read(self, on_end: Callable[[], Awaitable[object]]) -> None:
        """Begin to deliver items; `on_end` is called when the socket ends."""
        self._reading = asyncio.create_task(self._read(on_end), name="read llama_cpp")

    def begin(self, request: Item, on_item: OnItem) -> LlamaCall:
        """Raises `InferenceError` where the channel is closed."""
        if self.failure is not None:
            raise self.failure
        number = next(self._numbers)
        call = LlamaCall(on_item, lambda: self._send([number, None]))
        self._calls[number] = call
        self._send([number, request])
        return call

    def close(self, failure: InferenceError) -> None:
        """End all completions, also later ones, with `failure`. Idempotent."""
        if self.failure is None:
            self.failure = failure
            self._writer.close()
        for call in self._calls.values():
            call.end(failure)
        self._calls.clear()

    async def closed(self) -> None:
        """Wait until nothing is read any more; call `close` before."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait({self._reading})
        self._writer.transport.abort()  # what the process did not read
        with suppress(OSError):
            await self._writer.wait_closed()

    async def _read(self, on_end: Callable[[], Awaitable[object]]) -> None:
        # An invalid line ends it too: the lines after it cannot be trusted.
        with suppress(ConnectionError, ValueError, TypeError):
            while line := await self._reader.readline():
                self._take(*json.loads(line))
        await on_end()

    def _take(
        self, number: int, item: Item | None, code: str | None = None, text: str | None = None
    ) -> None:
        call = self._calls.get(number)
        if call is None:
            return
        if item is None:
            self._calls.pop(number).end(_failure(code, text or ""))
        else:
            call.take(item)

    def _send(self, value: Any) -> None:
        if not self._writer.is_closing():
            self._writer.write(json.dumps(value).encode() + b"\n")


def _failure(code: str | None, text: str) -> InferenceError | None:
    if code is None:
        return None
    if code == InferenceErrorCode.INVALID_REQUEST:
        return InferenceError(InferenceErrorCode.INVALID_REQUEST, text, detail={"reason": text})
    return InferenceError(InferenceErrorCode.BACKEND_FAILED, text, retryable=True)
