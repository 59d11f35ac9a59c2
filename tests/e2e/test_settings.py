"""What is set on this device: it takes effect at once, and it is there after a reload."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage
from tests.e2e.test_composer import DESKTOP
from tests.live.live_server import LiveServer


async def test_the_text_grows_everywhere(phone: ChatPage) -> None:
    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    word = phone.answer.get_by_text("这是第 1 轮")
    before = await size(word)
    await choose(phone, "size-choice", "特大")
    assert await size(phone.page.get_by_test_id("back")) > 1.2 * 16
    await phone.page.get_by_test_id("back").click()
    assert await size(word) > 1.2 * before
    await phone.page.reload()
    assert await size(word) > 1.2 * before


async def test_enter_makes_a_line_where_that_was_chosen(
    open_page: OpenPage, server: LiveServer
) -> None:
    desktop = await open_page(server.port, **DESKTOP)
    await choose(desktop, "enter-choice", "换行")
    await desktop.page.keyboard.press("Escape")
    await desktop.composer.focus()
    for key in ("a", "Enter", "b"):
        await desktop.page.keyboard.press(key)
    await expect(desktop.composer).to_have_value("a\nb")
    await desktop.page.keyboard.press("Control+Enter")
    await expect(desktop.questions).to_have_text(["a\nb"], use_inner_text=True)
    await desktop.is_("completed")


async def test_enter_sends_on_a_phone_where_that_was_chosen(phone: ChatPage) -> None:
    await choose(phone, "enter-choice", "发送")
    await phone.page.get_by_test_id("back").click()
    await phone.composer.focus()
    await phone.page.keyboard.type("one")
    await phone.page.keyboard.press("Enter")
    await expect(phone.questions).to_have_text(["one"])
    await phone.is_("completed")


async def test_thinking_stays_open_or_folded_as_chosen(phone: ChatPage) -> None:
    thought = "用户在问一个问题"
    await choose(phone, "thinking-choice", "展开")
    await phone.page.get_by_test_id("back").click()
    await phone.ask("想一想", "scripted/reasoning")
    await phone.is_("completed")
    await expect(phone.thinking).to_contain_text(thought)

    await choose(phone, "thinking-choice", "收起")
    await phone.page.get_by_test_id("back").click()
    await expect(phone.thinking).not_to_contain_text(thought)
    await phone.thinking_toggle.click()
    await expect(phone.thinking).to_contain_text(thought)


async def test_the_language_changes_at_once(phone: ChatPage) -> None:
    settings = await choose(phone, "language-choice", "English")
    await expect(settings.get_by_role("heading")).to_have_text("Settings")
    await phone.page.get_by_test_id("back").click()
    await expect(phone.send).to_have_accessible_name("Send")


async def choose(chat: ChatPage, choice: str, label: str) -> Locator:
    """In the settings, which stay open."""
    settings = await chat.go("settings")
    option = settings.get_by_test_id(choice).get_by_role("button", name=label, exact=True)
    await option.click()
    await expect(option).to_have_attribute("aria-pressed", "true")
    return settings


async def size(words: Locator) -> float:
    """Of the letters, in pixels."""
    await expect(words).to_be_visible()
    found = await words.evaluate("words => parseFloat(getComputedStyle(words).fontSize)")
    return float(found)
