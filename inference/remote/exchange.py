"""One call of a chat completion: the documents of its answer, or its error."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from inference.errors import InferenceError
from inference.remote.event_stream import EventStream, TooLongError
from inference.remote.provider_errors import ProviderErrors
from inference.remote.replica import Replica
from inference.remote.session import Session

if TYPE_CHECKING:
    from inference.remote.http_client import HttpBody

_GRACE_SECONDS = 5.0
"""Seconds to wait for the usage after the last text."""
_DRAIN_SECONDS = 0.25
"""Seconds to wait for the end of the response after `[DONE]`: the connection can then be reused."""
_UNSTREAMED = 10
"""Factor of the timeout for an answer that is not streamed."""


class Exchange:
    """The reader sets `ended` when the answer is complete; the timeouts are short then."""

    def __init__(
        self, session: Session, replica: Replica, errors: ProviderErrors, silence_seconds: float
    ) -> None:
        self.ended = False
        self._session = session
        self._replica = replica
        self._errors = errors
        self._silence_seconds = silence_seconds
        self._stream = EventStream()

    async def documents(
        self, body: Mapping[str, Any], *, is_continued: bool
    ) -> AsyncGenerator[list[Any], None]:
        """The answer's documents, all at once that came at once. Closing it closes the HTTP
        stream. Raises `InferenceError`, and `RefusedError` for an error response.
        """
        async with AsyncExitStack() as stack:
            response = await self._call(stack, body, is_continued=is_continued)
            count = 0
            while (piece := await self._next(response)) is not None:
                if documents := self._read(self._stream.push(piece)):
                    count += len(documents)
                    yield documents
                if self._stream.done:
                    await self._drain(response)
                    break
            documents = self._read(self._stream.flush())
            yield documents
            self._check_end(count + len(documents))

    async def _call(
        self, stack: AsyncExitStack, body: Mapping[str, Any], *, is_continued: bool
    ) -> HttpBody:
        client = await self._session.wait(self._replica.client())
        base_url = self._replica.endpoint.continuation_url if is_continued else ""
        seconds = self._silence_seconds * (1 if body.get("stream") else _UNSTREAMED)
        return await self._session.wait(client.complete(stack, body, base_url, seconds))

    async def _next(self, response: HttpBody) -> bytes | None:
        """None at the end of the body, and where no more is needed."""
        if not self.ended:
            return await self._session.wait(response.read())
        return await self._rest(response, _GRACE_SECONDS)

    async def _drain(self, response: HttpBody) -> None:
        while await self._rest(response, _DRAIN_SECONDS):
            continue

    async def _rest(self, response: HttpBody, seconds: float) -> bytes | None:
        """Ignore failures of the connection: the answer is complete."""
        try:
            return await self._session.wait(response.read(), seconds)
        except (InferenceError, TimeoutError):
            self._session.check_open()
            return None

    def _read(self, values: Iterator[Any]) -> list[Any]:
        try:
            return list(values)
        except TooLongError:
            raise self._errors.failed("a line that is longer than any answer") from None

    def _check_end(self, documents: int) -> None:
        """Raises `InferenceError` where nothing came that can be understood, or no end."""
        if documents == 0 and not self._stream.done:
            garbage = self._stream.garbage.decode("utf-8", "replace")
            raise self._errors.failed(f"not understood: {garbage}" if garbage else "no answer")
        if not (self.ended or self._stream.done):
            raise self._errors.disconnected("the stream ended before the answer did")
