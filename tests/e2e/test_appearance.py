"""Themes, languages, and nothing wider than the screen."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage
from tests.live.live_server import LiveServer

SCREENS = ((1440, 900), (768, 1024), (360, 640), (390, 844))


async def test_nothing_is_wider_than_the_screen(phone: ChatPage) -> None:
    await fits_every_screen(phone)
    await phone.ask("宽" * 200 + "w" * 200, "scripted/markdown")
    await phone.is_("completed")
    await expect(phone.answer.locator(".katex").first).to_be_visible()
    await fits_every_screen(phone)
    await phone.menu.click()
    await fits_every_screen(phone)


async def test_the_page_follows_the_systems_colours(
    open_page: OpenPage, server: LiveServer
) -> None:
    phone = await open_page(server.port, color_scheme="light")
    light = await brightness(phone)
    await phone.page.emulate_media(color_scheme="dark")
    await expect(phone.page.locator(".theme-dark")).to_be_visible()
    assert light > 200
    assert await brightness(phone) < 60


async def test_the_page_follows_the_systems_language(
    open_page: OpenPage, server: LiveServer
) -> None:
    phone = await open_page(server.port, locale="en-GB")
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("New chat")
    await expect(phone.send).to_have_accessible_name("Send")
    await phone.ask("hello", "scripted/error")
    await phone.is_("failed")
    await expect(phone.retry).to_have_text("Try again")
    assert (await phone.answer.get_by_role("alert").inner_text()).isascii()


async def fits_every_screen(chat: ChatPage) -> None:
    for width, height in SCREENS:
        await chat.page.set_viewport_size({"width": width, "height": height})
        wide = await chat.page.evaluate(
            """async () => {
              await new Promise(requestAnimationFrame)
              return document.scrollingElement.scrollWidth
            }"""
        )
        assert wide == width


async def brightness(chat: ChatPage) -> float:
    """Of the page's ground, 0 to 255."""
    found = await chat.page.locator(".chat").evaluate(
        """chat => {
          const ground = getComputedStyle(chat).backgroundColor
          const [red, green, blue] = ground.match(/\\d+/g).map(Number)
          return (red + green + blue) / 3
        }"""
    )
    return float(found)
