"""A conversation of many messages: its end at once, the rest as somebody scrolls to it."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import OpenPage, OwnServer
from tests.e2e.test_conversations import Drawer
from tests.e2e.told import tell

MESSAGES = 120
DRAWN_AT_MOST = 40


@pytest.fixture
def port(own_server: OwnServer) -> int:
    """A server that knows one long conversation."""
    server = own_server()
    tell(server.port, "长谈", [f"第{n}句。" + "很长的一段话，" * 60 for n in range(MESSAGES)])
    return server.port


async def test_it_is_drawn_around_what_is_seen(port: int, open_page: OpenPage) -> None:
    phone = await open_page(port)
    await Drawer(phone).open("长谈")
    first = phone.page.get_by_text("第0句。")
    last = phone.page.get_by_text(f"第{MESSAGES - 1}句。")
    await expect(last).to_be_visible()
    await expect(first).to_have_count(0)

    await phone.page.mouse.move(190, 400)
    for _ in range(200):
        await phone.page.mouse.wheel(0, -1500)
        assert await phone.page.locator(".message-row").count() < DRAWN_AT_MOST
        if await first.count():
            break
    await expect(first).to_be_visible()
    await expect(last).to_have_count(0)

    await phone.to_bottom.click()
    await expect(last).to_be_in_viewport()
    await expect(phone.to_bottom).to_have_count(0)


async def test_what_is_read_stays_in_its_place(port: int, open_page: OpenPage) -> None:
    phone = await open_page(port)
    await Drawer(phone).open("长谈")
    read = phone.page.get_by_text("第110句。")
    await phone.page.mouse.move(190, 400)
    while not await read.count():
        await phone.page.mouse.wheel(0, -400)
    await read.scroll_into_view_if_needed()
    drawn = phone.page.locator(".message-row")
    await expect(drawn.first).to_contain_text("第10")
    before = await read.bounding_box()
    await phone.page.evaluate("() => new Promise(done => requestIdleCallback(done))")
    after = await read.bounding_box()
    assert before is not None
    assert after is not None
    # A browser scrolls by whole pixels, and lines of text are not as high.
    assert abs(after["y"] - before["y"]) < 1
