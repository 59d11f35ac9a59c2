"""Latin letters are the system's, Chinese ones a Chinese font's, and the language is told."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import OpenPage
from tests.live.live_server import LiveServer


@pytest.mark.parametrize(("locale", "language"), [("zh-CN", "zh-CN"), ("en-GB", "en")])
async def test_the_document_tells_its_language(
    open_page: OpenPage, server: LiveServer, locale: str, language: str
) -> None:
    phone = await open_page(server.port, locale=locale)
    await expect(phone.page.locator("html")).to_have_attribute("lang", language)


async def test_latin_is_not_drawn_by_a_chinese_font(
    open_page: OpenPage, server: LiveServer
) -> None:
    phone = await open_page(server.port, locale="en-GB")
    fonts = await fonts_of(phone.page, "[data-testid=starter]")
    assert fonts
    assert not [font for font in fonts if "CJK" in font]


async def fonts_of(page: Page, selector: str) -> list[str]:
    """The fonts that the browser really drew the first such element by."""
    browser = await page.context.new_cdp_session(page)
    await browser.send("DOM.enable")
    await browser.send("CSS.enable")
    root = (await browser.send("DOM.getDocument"))["root"]["nodeId"]
    found = await browser.send("DOM.querySelector", {"nodeId": root, "selector": selector})
    told = await browser.send("CSS.getPlatformFontsForNode", {"nodeId": found["nodeId"]})
    return [font["familyName"] for font in told["fonts"]]
