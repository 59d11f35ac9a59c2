"""What a browser shows in place of its own error when the server does not answer a reload."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.e2e.axe import grave_violations
from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage, OwnServer
from tests.e2e.watch import Watch
from tests.live.live_server import LiveServer

_KEPT = "navigator.serviceWorker.ready.then(() => caches.keys())"
_FILES = """async () => {
  const kept = []
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    kept.push(...(await cache.keys()).map(({ url }) => new URL(url).pathname))
  }
  return kept.sort()
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def context(chromium: Browser) -> AsyncIterator[BrowserContext]:
    context = await chromium.new_context(locale="zh-CN")
    yield context
    await context.close()


async def kept_page(context: BrowserContext, server: LiveServer) -> ChatPage:
    """The chat at an address that a browser trusts like https, with the worker installed."""
    page = await context.new_page()
    await page.goto(f"http://127.0.0.1:{server.port}")
    assert await page.evaluate(_KEPT)
    return ChatPage(page, Watch(page.url))


async def test_a_reload_without_the_server_says_what_to_check_and_comes_back_by_itself(
    context: BrowserContext, own_server: OwnServer
) -> None:
    server = own_server()
    chat = await kept_page(context, server)
    await chat.ask("你好", "scripted/plain")
    await chat.is_("completed")
    server.stop(signal.SIGTERM)
    await chat.page.reload()
    await expect(chat.page.get_by_role("heading")).to_have_count(1)
    await expect(chat.page.get_by_role("listitem")).to_have_count(3)
    assert await grave_violations(chat.page) == []
    server.start()
    await expect(chat.composer).to_be_visible()
    await expect(chat.questions).to_have_text(["你好"])


async def test_it_speaks_the_language_chosen_in_the_settings(
    context: BrowserContext, own_server: OwnServer
) -> None:
    server = own_server()
    chat = await kept_page(context, server)
    chosen = '{"type":"string","data":"en"}'
    await chat.page.evaluate("told => localStorage.setItem('myllm.language', told)", chosen)
    server.stop(signal.SIGTERM)
    await chat.page.reload()
    await expect(chat.page.locator("html")).to_have_attribute("lang", "en")
    await expect(chat.page.locator("main[lang=en]")).to_be_visible()
    await expect(chat.page.locator("main[lang=zh-CN]")).to_be_hidden()


async def test_nothing_but_that_page_is_kept(
    context: BrowserContext, own_server: OwnServer
) -> None:
    chat = await kept_page(context, own_server())
    await chat.ask("你好", "scripted/plain")
    await chat.is_("completed")
    assert await chat.page.evaluate(_FILES) == ["/offline.html", "/offline.js"]


async def test_over_plain_http_in_a_network_nothing_is_registered(
    open_page: OpenPage, server: LiveServer
) -> None:
    phone = await open_page(server.port)
    await phone.is_online()
    assert await has_no_worker(phone.page)


async def has_no_worker(page: Page) -> bool:
    return bool(await page.evaluate("!('serviceWorker' in navigator)"))
