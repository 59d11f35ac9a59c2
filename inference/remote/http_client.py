"""OpenAI's client for one address: its headers, its proxy, and its timeouts.

The openai package takes a second to import: import this module in a thread, when it is needed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import AsyncExitStack, suppress
from typing import Any

import httpx2
from openai import APIStatusError, AsyncOpenAI, OpenAIError

from inference.remote.auth import AuthHeaders
from inference.remote.endpoint import Endpoint
from inference.remote.http_failures import broken, not_reached, refused
from inference.remote.provider_errors import ProviderErrors
from inference.remote.proxy import proxy_for

_CONNECT_SECONDS = 10.0
_LIMITS = httpx2.Limits(max_connections=1000, max_keepalive_connections=100)
_SENT_HEADERS = frozenset(
    {
        "host",
        "accept",
        "accept-encoding",
        "connection",
        "content-length",
        "content-type",
        "transfer-encoding",
    }
)
"""The headers of the openai package that are kept; others describe this computer, or come from
environment variables meant for OpenAI only.
"""
_MOST_ERROR_BYTES = 64 << 10


class HttpBody:
    """A response's body as it comes."""

    def __init__(
        self, response: httpx2.Response, errors: ProviderErrors, silence_seconds: float
    ) -> None:
        self._pieces = response.aiter_bytes()
        self._errors = errors
        self._silence_seconds = silence_seconds

    async def read(self) -> bytes | None:
        """The next piece, None at the end. Raises `InferenceError`."""
        try:
            return await anext(self._pieces, None)
        except (httpx2.HTTPError, OSError) as error:
            raise broken(error, self._errors, self._silence_seconds) from None


class HttpClient:
    """Made in a thread, used from one loop. Redirects, which could carry the key elsewhere, are not
    followed; `auth` is called for every request, so that a key can be replaced.
    """

    def __init__(
        self, endpoint: Endpoint, auth: AuthHeaders, errors: ProviderErrors, silence_seconds: float
    ) -> None:
        """Raises `InferenceError` for a proxy that cannot be used."""
        proxy = proxy_for(endpoint.url)
        if proxy is not None and not proxy.usable:
            named = f"{endpoint.host} via {proxy.host}"
            message = "this kind of proxy needs the package socksio"
            raise errors.unreachable(named, message, retryable=False)
        self._host = endpoint.host if proxy is None else f"{endpoint.host} via {proxy.host}"
        self._errors = errors
        self._silence_seconds = silence_seconds
        transport = _Transport(auth, proxy.url if proxy else None)
        self._openai = AsyncOpenAI(
            api_key="-",
            base_url=endpoint.url,
            default_query=dict(endpoint.query),
            max_retries=0,
            timeout=_timeout(silence_seconds),
            http_client=httpx2.AsyncClient(transport=transport, follow_redirects=False),
        )

    async def complete(
        self, stack: AsyncExitStack, body: Mapping[str, Any], base_url: str, seconds: float
    ) -> HttpBody:
        """The response to a chat completion, closed with `stack`.

        Raises `InferenceError`, and `RefusedError` for an error response.
        """
        client = self._openai.with_options(base_url=base_url) if base_url else self._openai
        call = client.chat.completions.with_streaming_response.create(
            # The package would inspect every message; `extra_body` is sent unchanged.
            model="",
            messages=[],
            extra_body=dict(body),
            timeout=_timeout(seconds),
        )
        return await self._response(stack.enter_async_context(call), seconds)

    async def models(self, stack: AsyncExitStack, query: Mapping[str, str]) -> HttpBody:
        """The response to a call for the list of models; as `complete`."""
        call = self._openai.models.with_streaming_response.list(extra_query=dict(query))
        return await self._response(stack.enter_async_context(call), self._silence_seconds)

    async def close(self) -> None:
        """Close every connection."""
        await self._openai.close()

    async def _response(self, call: Awaitable[Any], seconds: float) -> HttpBody:
        try:
            response = await call
        except APIStatusError as error:
            raise refused(error) from None
        except (OpenAIError, OSError) as error:
            raise not_reached(error, self._errors, self._host, seconds) from None
        except httpx2.HTTPError as error:
            raise broken(error, self._errors, seconds) from None
        return HttpBody(response.http_response, self._errors, seconds)


class _Transport(httpx2.AsyncHTTPTransport):
    """A transport hook around every request and response."""

    def __init__(self, auth: AuthHeaders, proxy: str | None) -> None:
        super().__init__(proxy=proxy, limits=_LIMITS)
        self._auth = auth

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The package reads an error's whole body, however long it is: it gets its beginning."""
        ours = [pair for pair in request.headers.multi_items() if pair[0] in _SENT_HEADERS]
        headers = [*ours, ("user-agent", "MyLLM"), *self._auth().items()]
        response = await super().handle_async_request(
            httpx2.Request(
                request.method,
                request.url,
                headers=headers,
                stream=request.stream,
                extensions=request.extensions,
            )
        )
        if response.status_code >= 300 and isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _BoundedStream(response.stream)
        return response


class _BoundedStream(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = _MOST_ERROR_BYTES
        # The status is sufficient where the body breaks off.
        with suppress(httpx2.TransportError):
            async for piece in self._stream:
                yield piece[:left]
                left -= len(piece)
                if left <= 0:
                    return

    async def aclose(self) -> None:
        await self._stream.aclose()


def _timeout(seconds: float) -> httpx2.Timeout:
    return httpx2.Timeout(seconds, connect=min(_CONNECT_SECONDS, seconds))
