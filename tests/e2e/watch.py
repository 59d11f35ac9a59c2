"""What a page does behind the scenes: its requests, its frames, its complaints."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, Error, Page, Request, WebSocket

_INSIDE = ("data:", "blob:", "about:")


@dataclass(eq=False)
class Watch:
    """Begun before the page loads. `network_may_fail` forgives what an outage causes."""

    origin: str
    network_may_fail: bool = False
    requests: list[Request] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def begin(self, page: Page) -> None:
        page.context.on("request", self._see_request)
        page.on("websocket", self._see_socket)
        page.on("console", self._see_console)
        page.on("pageerror", self._see_error)

    def run(self) -> str:
        """The newest run the server has accepted."""
        accepted = [frame for frame in self.received if frame["type"] == "accepted"]
        run: str = accepted[-1]["run"]
        return run

    def asked(self) -> dict[str, Any]:
        """The newest frame that asked for an answer."""
        asking = [frame for frame in self.sent if frame["type"] in ("send", "regenerate")]
        return asking[-1]

    def _see_request(self, request: Request) -> None:
        self.requests.append(request)
        self._see_address(request.url)

    def _see_socket(self, socket: WebSocket) -> None:
        self._see_address(socket.url)
        socket.on("framereceived", lambda text: self.received.append(json.loads(text)))
        socket.on("framesent", lambda text: self.sent.append(json.loads(text)))

    def _see_address(self, url: str) -> None:
        if not url.startswith(_INSIDE) and urlsplit(url).netloc != urlsplit(self.origin).netloc:
            self.strangers.append(url)

    def _see_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if not (self.network_may_fail and _is_about_network(message.text)):
            self.complaints.append(f"{message.type}: {message.text}")

    def _see_error(self, error: Error) -> None:
        self.complaints.append(f"uncaught: {error.message}")


def _is_about_network(text: str) -> bool:
    return text.startswith(("WebSocket connection to", "Failed to load resource: net::"))
