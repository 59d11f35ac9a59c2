"""A page of another program on the owner's computer, in the owner's own browser: it is told nothing
that the owner's page is told, and its links still open the chat.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page

from tests.live.live_server import LiveServer

_PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<title>other</title>"
)
_FETCH = "url => fetch(url, { mode: 'no-cors' }).then(() => null, () => null)"
_SANDBOXED = """
url => new Promise(resolve => {
  addEventListener('message', event => resolve(event.data), { once: true });
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts';
  frame.srcdoc = `<script>
    const socket = new WebSocket('${url}');
    const heard = [];
    socket.onopen = () => socket.send('{"message": "hello"}');
    socket.onmessage = event => {
      const frame = JSON.parse(event.data);
      heard.push(frame.code ?? frame.type);
    };
    socket.onclose = event => parent.postMessage({ code: event.code, heard }, '*');
  </script>`;
  document.body.append(frame);
})
"""


@asynccontextmanager
async def other_program() -> AsyncIterator[int]:
    """The port of one that serves an empty page."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(_PAGE)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as listening:
        yield listening.sockets[0].getsockname()[1]


@asynccontextmanager
async def page_of(browser: Browser, host: str) -> AsyncIterator[Page]:
    async with other_program() as port:
        context = await browser.new_context()
        page = await context.new_page()
        await page.goto(f"http://{host}:{port}/")
        yield page
        await context.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"], ids=["same-site", "cross-site"])
async def test_its_requests_are_refused(chromium: Browser, server: LiveServer, host: str) -> None:
    statuses: list[int] = []
    async with page_of(chromium, host) as page:
        page.on("response", lambda response: statuses.append(response.status))
        await page.evaluate(_FETCH, f"http://127.0.0.1:{server.port}/api/v1/search?q=secret")
        await page.evaluate(_FETCH, f"http://127.0.0.1:{server.port}/api/v1/export")
    assert statuses == [401, 401]


async def test_its_sandboxed_frame_has_to_bring_a_token(
    chromium: Browser, server: LiveServer
) -> None:
    async with page_of(chromium, "localhost") as page:
        told = await page.evaluate(_SANDBOXED, server.url)
    assert told == {"code": 4401, "heard": ["unpaired", "start", "stream", "end"]}


async def test_its_links_open_the_chat(chromium: Browser, server: LiveServer) -> None:
    async with page_of(chromium, "localhost") as page:
        link = f"http://127.0.0.1:{server.port}/"
        async with page.expect_response(link) as opened:
            await page.evaluate("link => { location.href = link }", link)
        assert (await opened.value).status == 200


async def test_the_owners_own_page_is_served(chromium: Browser, server: LiveServer) -> None:
    context = await chromium.new_context()
    page = await context.new_page()
    for host in ("127.0.0.1", "localhost"):
        await page.goto(f"http://{host}:{server.port}/")
        asked = await page.evaluate("() => fetch('/api/v1/search?q=x').then(it => it.status)")
        assert asked == 200
    await context.close()
