"""Where there is room, the list stands beside the chat; it is the drawer's own."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Locator, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage
from tests.live.live_server import LiveServer

DESKTOP: dict[str, Any] = {
    "viewport": {"width": 1440, "height": 900},
    "has_touch": False,
    "is_mobile": False,
}


async def test_the_list_stands_beside_the_chat_and_the_screens(
    open_page: OpenPage, server: LiveServer
) -> None:
    desktop = await open_page(server.port, **DESKTOP)
    see = desktop.page.get_by_test_id
    await desktop.ask("并排显示", "scripted/plain")
    await desktop.is_("completed")
    await expect(see("conversation").first).to_have_text("并排显示")
    await expect(desktop.menu).to_have_count(0)

    await see("settings").click()
    await expect(see("settings-screen")).to_be_visible()
    await see("open-conversation").first.click()
    await expect(see("settings-screen")).to_have_count(0)
    await expect(desktop.questions).to_have_text(["并排显示"])


async def test_a_page_that_gets_narrow_has_the_list_in_its_drawer(
    open_page: OpenPage, server: LiveServer
) -> None:
    desktop = await open_page(server.port, **DESKTOP)
    await desktop.page.set_viewport_size({"width": 820, "height": 900})
    await expect(desktop.page.get_by_test_id("conversations")).to_have_count(0)
    await desktop.menu.click()
    await expect(desktop.page.get_by_test_id("conversations")).to_be_visible()
    await desktop.page.set_viewport_size(DESKTOP["viewport"])
    await expect(desktop.page.get_by_test_id("conversations")).to_have_count(1)
    await expect(desktop.menu).to_have_count(0)


async def test_a_sheet_is_in_the_middle_where_no_thumb_has_to_reach_it(phone: ChatPage) -> None:
    await phone.show_personas()
    sheet = phone.page.get_by_test_id("sheet")
    await sheet.wait_for()
    assert await gap_below(sheet) == 0
    await phone.page.set_viewport_size(DESKTOP["viewport"])
    box = await sheet.bounding_box()
    assert box is not None
    assert abs(2 * box["x"] + box["width"] - 1440) < 2
    assert abs(2 * box["y"] + box["height"] - 900) < 2


async def gap_below(sheet: Locator) -> float:
    return float(
        await sheet.evaluate("it => innerHeight - Math.round(it.getBoundingClientRect().bottom)")
    )
