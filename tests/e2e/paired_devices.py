"""A server in the network, whoever sits at its computer, and phones from outside."""

from __future__ import annotations

import http.client
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser

from chat.network.addresses import reachable
from tests.e2e.chat_page import ChatPage
from tests.e2e.watch import Watch
from tests.live.live_server import LiveServer

has_network = pytest.mark.skipif(
    not reachable("0.0.0.0"),
    reason="this computer has no address but loopback, from which everybody is its owner",
)
_REFUSALS = ("status of 401", "status of 403", "status of 404", "status of 422")
"""A browser writes these to its console itself, however calmly the page takes them."""


def at_the_computer(server: LiveServer, method: str, path: str, body: object = None) -> Any:
    """What the owner is answered, who calls from the computer itself."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        kind = {"Content-Type": "application/json"}
        connection.request(method, f"/api/v1{path}", json.dumps(body), headers=kind)
        response = connection.getresponse()
        content = response.read()
        assert response.status < http.HTTPStatus.BAD_REQUEST, content
        return json.loads(content) if content else None
    finally:
        connection.close()


def pairing_link(server: LiveServer, **whose: object) -> str:
    """The link in a fresh QR code."""
    told = at_the_computer(server, "POST", "/devices/code", whose)
    link: str = told["addresses"][0]["url"]
    return link


@asynccontextmanager
async def visitor(chromium: Browser, link: str, **options: Any) -> AsyncIterator[ChatPage]:
    """A browser that has never been here, with the link open."""
    context = await chromium.new_context(**options)
    try:
        context.set_default_timeout(30_000)
        page = await context.new_page()
        address = urlsplit(link)
        watch = Watch(f"{address.scheme}://{address.netloc}")
        watch.begin(page)
        await page.goto(link)
        yield ChatPage(page, watch)
    finally:
        await context.close()
    complaints = [line for line in watch.complaints if not _told(line)]
    assert watch.strangers + complaints == [], (watch.strangers, complaints)


def _told(line: str) -> bool:
    return any(refusal in line for refusal in _REFUSALS)
