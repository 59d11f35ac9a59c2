"""Copying where there is no clipboard API: on a page over plain http, as phones have it."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage


async def test_the_markdown_of_the_answer_is_copied(phone: ChatPage) -> None:
    assert not await phone.page.evaluate("window.isSecureContext || 'clipboard' in navigator")
    await phone.ask("想一想", "scripted/reasoning")
    await phone.is_("completed")
    await phone.copy.click()
    await expect(phone.copy).to_have_accessible_name("已复制")
    assert await phone.paste() == "想好了：**42**。\n\n思考过程折叠在上面，点开就能看到。"
    await expect(phone.copy).to_have_accessible_name("复制回答")


async def test_a_browser_that_forbids_copying_is_told_about(phone: ChatPage) -> None:
    await phone.page.evaluate("document.execCommand = () => false")
    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    await phone.copy.click()
    await expect(phone.answer).to_contain_text("浏览器不允许复制")
