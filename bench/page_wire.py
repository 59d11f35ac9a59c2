"""An answer's frames as they reach a page, measured without the page itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from playwright.async_api import Page, WebSocket


class PageWire:
    """Made before the page loads. What looks at the page again and again would slow it down."""

    def __init__(self, page: Page) -> None:
        self._characters = 0
        self._ended = False
        self._notifications = asyncio.Event()
        page.on("websocket", self._listen)

    async def characters(self, wanted: int) -> None:
        """Returns when that much of answers has come."""
        await self._until(lambda: self._characters >= wanted)

    async def end(self) -> None:
        """Returns when an answer has ended."""
        await self._until(lambda: self._ended)

    async def _until(self, happened: Callable[[], bool]) -> None:
        while not happened():
            self._notifications.clear()
            await self._notifications.wait()

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._hear)

    def _hear(self, text: str | bytes) -> None:
        frame = json.loads(text)
        if frame["type"] == "stream":
            self._characters += len(frame["content"])
        self._ended |= frame["type"] == "end"
        self._notifications.set()
