"""What is typed while an answer is being written waits behind it."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage


async def test_a_waiting_message_is_taken_back_into_the_composer(phone: ChatPage) -> None:
    await phone.ask("数数", "scripted/endless")
    await phone.longer_than(20)
    await phone.ask("然后呢？")
    await expect(phone.waiting).to_contain_text("上一个回答结束后自动发送")
    await phone.page.get_by_test_id("withdraw").click()
    await expect(phone.questions).to_have_text(["数数"])
    await expect(phone.composer).to_have_value("然后呢？")
    await phone.stop.click()
    await phone.is_("cancelled")


async def test_a_waiting_message_is_asked_once_the_answer_has_ended(phone: ChatPage) -> None:
    await phone.ask("数数", "scripted/endless")
    await phone.longer_than(20)
    await phone.choose("scripted/plain")
    await phone.ask("然后呢？")
    await expect(phone.waiting).to_contain_text("上一个回答结束后自动发送")
    await phone.stop.click()
    await phone.is_("completed")
    await phone.is_("cancelled", phone.answers.first)
    await expect(phone.answer).to_contain_text("你刚才说：「然后呢？」")
