"""The built page as a phone shows it, open in the system's Chromium and instrumented."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import expect

from bench.page_cost import PageCost, instrument
from bench.page_wire import PageWire
from tests.e2e.chat_page import ChatPage
from tests.e2e.chromium import NAME, find_chromium, open_chromium
from tests.e2e.watch import Watch

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "locale": "zh-CN",
}


@dataclass(frozen=True, slots=True)
class PhonePage:
    chat: ChatPage
    cost: PageCost
    wire: PageWire


@asynccontextmanager
async def open_phone(port: int) -> AsyncIterator[PhonePage]:
    """The chat of the server there, in a browser of its own that remembers nothing."""
    expect.set_options(timeout=120_000)
    async with open_chromium(find_chromium()) as browser:
        context = await browser.new_context(**PHONE)
        page = await context.new_page()
        cost = await instrument(page)
        watch = Watch(f"http://{NAME}:{port}")
        watch.begin(page)
        wire = PageWire(page)
        await page.goto(watch.origin)
        chat = ChatPage(page, watch)
        await expect(chat.composer).to_be_visible()
        await cost.quiet()
        yield PhonePage(chat, cost, wire)
