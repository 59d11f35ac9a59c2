"""What a phone downloads before it can chat, and that all of it comes from this server."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage

KILOBYTES = 250


async def test_the_first_load_is_small(phone: ChatPage) -> None:
    await expect(phone.page.get_by_text("今天有什么可以帮到你？")).to_be_visible()
    sizes = {
        request.url: (await request.sizes())["responseBodySize"] for request in phone.watch.requests
    }
    loaded = sum(sizes.values()) / 1000
    print(f"first load: {len(sizes)} requests, {loaded:.0f} kB")
    assert len(sizes) > 2
    assert loaded < KILOBYTES
