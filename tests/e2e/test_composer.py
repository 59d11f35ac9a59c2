"""What Enter does: with an input method, with Shift, on a keyboard and on a phone."""

from __future__ import annotations

from typing import Any

import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage
from tests.live.live_server import LiveServer

DESKTOP: dict[str, Any] = {
    "viewport": {"width": 1440, "height": 900},
    "is_mobile": False,
    "has_touch": False,
}
AFTER_A_COMPOSITION_MS = 150
"""Sooner, an Enter with this code would still be the one that took the word."""
ENTER = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}


@pytest_asyncio.fixture(loop_scope="session")
async def desktop(open_page: OpenPage, server: LiveServer) -> ChatPage:
    return await open_page(server.port, **DESKTOP)


async def test_enter_in_an_input_method_takes_the_word_and_the_next_one_sends(
    desktop: ChatPage,
) -> None:
    keys = await desktop.page.context.new_cdp_session(desktop.page)
    await desktop.composer.focus()
    composing = {"text": "nihao", "selectionStart": 5, "selectionEnd": 5}
    await keys.send("Input.imeSetComposition", composing)
    await expect(desktop.composer).to_have_value("nihao")
    await keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **ENTER})
    await keys.send("Input.insertText", {"text": "你好"})
    await keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **ENTER})
    await expect(desktop.composer).to_have_value("你好")
    await expect(desktop.questions).to_have_count(0)

    await desktop.page.keyboard.press("Enter")
    await expect(desktop.questions).to_have_text(["你好"])
    await expect(desktop.composer).to_have_value("")
    await desktop.is_("completed")


async def test_an_enter_that_an_input_method_marks_as_its_own_still_sends(
    desktop: ChatPage,
) -> None:
    """Some report keyCode 229 for every key, also long after the last word was taken."""
    keys = await desktop.page.context.new_cdp_session(desktop.page)
    await desktop.composer.focus()
    await keys.send(
        "Input.imeSetComposition", {"text": "hao", "selectionStart": 3, "selectionEnd": 3}
    )
    await keys.send("Input.insertText", {"text": "好"})
    await expect(desktop.composer).to_have_value("好")
    await desktop.page.wait_for_timeout(AFTER_A_COMPOSITION_MS)
    marked = {**ENTER, "windowsVirtualKeyCode": 229}
    await keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **marked})
    await keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **marked})
    await expect(desktop.questions).to_have_text(["好"])
    await desktop.is_("completed")


async def test_shift_and_enter_make_a_line(desktop: ChatPage) -> None:
    await desktop.composer.focus()
    await desktop.page.keyboard.type("one")
    height = await _height(desktop)
    await desktop.page.keyboard.press("Shift+Enter")
    await desktop.page.keyboard.type("two")
    await expect(desktop.composer).to_have_value("one\ntwo")
    assert await _height(desktop) > height

    await desktop.page.keyboard.press("Enter")
    await expect(desktop.questions).to_have_text(["one\ntwo"], use_inner_text=True)
    await desktop.is_("completed")


async def test_the_last_letters_before_enter_are_sent_too(desktop: ChatPage) -> None:
    """uni-app tells of input at most every 100 ms; a practised hand is faster."""
    await desktop.composer.focus()
    for key in ("o", "k", "!", "Enter", "n", "o", "w"):
        await desktop.page.keyboard.press(key)
    await expect(desktop.questions).to_have_text(["ok!"])
    await desktop.is_("completed")
    await expect(desktop.composer).to_have_value("now")


async def test_enter_on_a_phone_makes_a_line_and_the_button_sends(phone: ChatPage) -> None:
    await phone.composer.focus()
    await phone.page.keyboard.type("one")
    await phone.page.keyboard.press("Enter")
    await phone.page.keyboard.type("two")
    await expect(phone.composer).to_have_value("one\ntwo")
    await phone.send.tap()
    await expect(phone.questions).to_have_text(["one\ntwo"], use_inner_text=True)
    await phone.is_("completed")


async def test_nothing_but_spaces_cannot_be_sent(phone: ChatPage) -> None:
    await phone.composer.fill("  \n ")
    await expect(phone.send).to_have_attribute("aria-disabled", "true")


async def _height(chat: ChatPage) -> float:
    box = await chat.page.get_by_test_id("composer").bounding_box()
    assert box is not None
    return box["height"]
