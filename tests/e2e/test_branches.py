"""Other answers and other words, each beside the first."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage


async def test_another_answer_lies_beside_the_first(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    await see("regenerate").click()
    await expect(see("branches")).to_contain_text("2/2")
    await phone.is_("completed")
    await expect(phone.answers).to_have_count(1)
    await see("previous-branch").click()
    await expect(see("branches")).to_contain_text("1/2")
    await phone.page.reload()
    await expect(see("branches")).to_contain_text("1/2")


async def test_the_first_question_is_asked_in_other_words(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    await see("edit").click()
    await see("edited").locator("textarea").fill("早上好")
    await see("send-edited").click()
    await expect(phone.answer).to_contain_text("你刚才说：「早上好」")
    await expect(phone.questions).to_have_text(["早上好"])
    await expect(see("branches")).to_contain_text("2/2")
    await phone.is_("completed")
    await see("previous-branch").click()
    await expect(phone.questions).to_have_text(["你好"])
    await expect(phone.answer).to_contain_text("你刚才说：「你好」")
