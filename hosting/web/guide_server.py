"""The plain-http listener beside https: a page for phones that do not trust the certificate yet."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from django.conf import settings
from django.utils.module_loading import import_string

from hosting.pages.guide import GuideAlone
from hosting.web.one_page import one_page_config


class GuideServer(uvicorn.Server):
    """Runs in the event loop of the main server, which alone handles Ctrl-C."""

    def __init__(self) -> None:
        super().__init__(_config())

    async def serve_until_cancelled(self, listener: socket.socket) -> None:
        """Stops in order when cancelled: responses in progress are completed."""
        serving = asyncio.create_task(self.serve([listener]))
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            self.should_exit = True
            await serving
            raise

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _config() -> uvicorn.Config:
    return one_page_config(GuideAlone(import_string(settings.ASGI_APPLICATION)))
