"""The first Tab on a desktop leads past list and header to the message field."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.test_wide import DESKTOP
from tests.live.live_server import LiveServer


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", "跳到输入框"), ("en-GB", "Skip to")])
async def test_the_first_tab_leads_to_the_message_field(
    open_page: OpenPage, server: LiveServer, locale: str, words: str
) -> None:
    desktop = await open_page(server.port, **DESKTOP, locale=locale)
    await desktop.page.evaluate("document.activeElement?.blur()")
    await desktop.page.keyboard.press("Tab")
    skip = desktop.page.get_by_test_id("skip")
    await expect(skip).to_be_focused()
    await expect(skip).to_contain_text(words)
    box = await skip.bounding_box()
    assert box is not None
    assert box["width"] > 44
    assert box["height"] >= 44
    await desktop.page.keyboard.press("Enter")
    await expect(desktop.composer).to_be_focused()


async def test_a_phone_has_none(open_page: OpenPage, server: LiveServer) -> None:
    phone = await open_page(server.port)
    await expect(phone.page.get_by_test_id("skip")).to_have_count(0)
