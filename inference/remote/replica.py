"""One of the servers that run a model."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from inference.errors import InferenceError
from inference.remote.auth import AuthHeaders
from inference.remote.endpoint import Endpoint
from inference.remote.provider_errors import ProviderErrors
from inference.remote.refusal import RefusedError

if TYPE_CHECKING:
    from inference.remote.http_client import HttpClient


class Replica:
    """Its client is made at the first request. `healthy` is the latest observation."""

    def __init__(
        self, endpoint: Endpoint, auth: AuthHeaders, errors: ProviderErrors, silence_seconds: float
    ) -> None:
        self.endpoint = endpoint
        self.healthy = True
        self._auth = auth
        self._errors = errors
        self._silence_seconds = silence_seconds
        self._client: HttpClient | None = None
        self._making = asyncio.Lock()

    async def client(self) -> HttpClient:
        """Raises `InferenceError` for a proxy that cannot be used."""
        async with self._making:
            if self._client is None:
                self._client = await asyncio.to_thread(self._make_client)
            return self._client

    async def is_healthy(self, seconds: float) -> bool:
        """Whether it answers a call for its list of models, with anything but a failure of its
        own.
        """
        try:
            async with asyncio.timeout(seconds), AsyncExitStack() as stack:
                await (await self.client()).models(stack, {})
        except RefusedError as refused:
            return refused.refusal.status < 500
        except (InferenceError, TimeoutError):
            return False
        return True

    async def close(self) -> None:
        """Close every connection to it. Idempotent."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _make_client(self) -> HttpClient:
        from inference.remote.http_client import HttpClient  # noqa: PLC0415 - imports openai

        return HttpClient(self.endpoint, self._auth, self._errors, self._silence_seconds)
