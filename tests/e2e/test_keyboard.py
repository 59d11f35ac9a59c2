"""A desktop's keyboard reaches everything."""

from __future__ import annotations

import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage
from tests.e2e.test_wide import DESKTOP
from tests.live.live_server import LiveServer


@pytest_asyncio.fixture(loop_scope="session")
async def desktop(open_page: OpenPage, server: LiveServer) -> ChatPage:
    return await open_page(server.port, **DESKTOP)


async def test_shortcuts_lead_to_the_fields(desktop: ChatPage) -> None:
    press = desktop.page.keyboard.press
    search = desktop.page.get_by_test_id("search").locator("input")
    await press("Control+k")
    await expect(search).to_be_focused()
    await press("Control+j")
    await expect(desktop.composer).to_be_focused()
    await desktop.page.get_by_test_id("settings").click()
    await press("Control+Shift+o")
    await expect(desktop.page.get_by_test_id("settings-screen")).to_have_count(0)
    await expect(desktop.composer).to_be_focused()


async def test_search_opens_the_drawer_where_the_page_is_narrow(desktop: ChatPage) -> None:
    await desktop.page.set_viewport_size({"width": 600, "height": 800})
    await expect(desktop.menu).to_be_visible()
    await desktop.page.keyboard.press("Control+k")
    await expect(desktop.page.get_by_test_id("search").locator("input")).to_be_focused()


async def test_escape_closes_what_is_open_and_then_stops_the_answer(desktop: ChatPage) -> None:
    await desktop.ask("数数", "scripted/endless")
    await desktop.longer_than(20)
    await desktop.page.keyboard.press("Control+/")
    await expect(desktop.page.get_by_test_id("shortcut")).to_have_count(5)
    await desktop.page.keyboard.press("Escape")
    await expect(desktop.page.get_by_test_id("sheet")).to_have_count(0)
    await expect(desktop.stop).to_be_visible()
    await desktop.page.keyboard.press("Escape")
    await desktop.is_("cancelled")


async def test_arrows_walk_through_the_list(desktop: ChatPage) -> None:
    for question in ("第一个", "第二个"):
        await desktop.new_chat.click()
        await desktop.ask(question, "scripted/plain")
        await desktop.is_("completed")
    rows = desktop.page.get_by_test_id("open-conversation")
    await expect(rows.first).to_have_text("第二个")
    await rows.first.focus()
    await desktop.page.keyboard.press("ArrowDown")
    await expect(rows.nth(1)).to_be_focused()
    await desktop.page.keyboard.press("Enter")
    await expect(desktop.questions).to_have_text(["第一个"])
    await desktop.page.keyboard.press("End")
    await expect(rows.last).to_be_focused()
