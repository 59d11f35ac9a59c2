"""The microphone in the composer works by the keyboard's own, or says why it is off."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage
from tests.e2e.test_wide import DESKTOP
from tests.live.live_server import LiveServer


async def test_on_a_phone_it_brings_the_keyboard_and_points_to_its_microphone(
    phone: ChatPage,
) -> None:
    await phone.page.get_by_test_id("dictate").click()
    await expect(phone.composer).to_be_focused()
    hint = phone.page.get_by_test_id("dictation-hint")
    await expect(hint).to_be_visible()
    field, shown = [await part.bounding_box() for part in (phone.composer, hint)]
    assert field is not None
    assert shown is not None
    assert shown["y"] + shown["height"] < field["y"]
    await phone.composer.fill("说完了")
    await expect(hint).to_have_count(0)


async def test_on_a_computer_it_is_off_and_says_why(
    open_page: OpenPage, server: LiveServer
) -> None:
    desktop = await open_page(server.port, **DESKTOP)
    button = desktop.page.get_by_test_id("dictate")
    hint = desktop.page.get_by_test_id("dictation-hint")
    await expect(button).to_have_attribute("aria-disabled", "true")
    await button.hover()
    await expect(hint).to_be_visible()
    await expect(button).to_have_attribute("aria-description", await hint.inner_text())
    await desktop.page.mouse.move(0, 0)
    await expect(hint).to_have_count(0)
    await button.focus()
    await expect(hint).to_be_visible()
    await desktop.page.keyboard.press("Escape")
    await expect(hint).to_have_count(0)
