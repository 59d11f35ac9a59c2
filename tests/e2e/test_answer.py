"""Asking, and the answer as it is written."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from tests.e2e.chat_page import ChatPage


async def test_markdown_grows_on_the_screen(phone: ChatPage) -> None:
    await phone.ask("请写一篇长文", "scripted/markdown")
    await expect(phone.questions.last).to_have_text("请写一篇长文")
    length = 0
    for _ in range(4):
        length = await phone.longer_than(length)
        await phone.is_("streaming")
    await phone.is_("completed")
    await expect(phone.send).to_be_visible()
    await is_shown_as_what_it_means(phone.answer)


async def test_thinking_is_shown_while_it_lasts_then_folded(phone: ChatPage) -> None:
    await phone.ask("想一想", "scripted/reasoning")
    await expect(phone.thinking).to_contain_text("思考中")
    await expect(phone.thinking).to_contain_text("用户在问一个问题")
    await phone.is_("completed")
    await expect(phone.thinking).not_to_contain_text("用户在问一个问题")
    await expect(phone.answer).to_contain_text("想好了：42。")
    await phone.thinking_toggle.click()
    await expect(phone.thinking).to_contain_text("用户在问一个问题")
    await phone.thinking_toggle.click()
    await expect(phone.thinking).not_to_contain_text("用户在问一个问题")


async def test_the_second_turn_remembers_the_first(phone: ChatPage) -> None:
    await phone.ask("我的猫叫咪咪", "scripted/plain")
    await phone.is_("completed")
    await phone.ask("它叫什么？")
    await expect(phone.answers).to_have_count(2)
    await expect(phone.answer).to_contain_text("第一轮你说的是：「我的猫叫咪咪」")
    await phone.is_("completed")


async def test_a_new_chat_remembers_nothing(phone: ChatPage) -> None:
    await phone.ask("我的猫叫咪咪", "scripted/plain")
    await phone.is_("completed")
    await phone.new_chat.click()
    await expect(phone.answers).to_have_count(0)
    await phone.ask("它叫什么？")
    await expect(phone.answer).to_contain_text("这是第 1 轮")
    await phone.is_("completed")


async def is_shown_as_what_it_means(answer: Locator) -> None:
    await expect(answer.locator(".block-heading-1")).to_have_text("流式 Markdown 演示")
    await expect(answer.locator(".run-strong").first).to_have_text("注意：")
    await expect(answer.locator(".marker-number")).to_have_text(["1.", "2.", "3."])
    await expect(answer.locator(".marker-checked")).to_have_count(1)
    await expect(answer.get_by_role("columnheader")).to_have_text(["模型", "参数", "速度"])
    await expect(answer.locator(".code-text .hljs-keyword").first).to_have_text("import")
    await expect(answer.get_by_role("math")).to_have_count(2)
    await expect(answer.locator(".katex").first).to_be_visible()
    await expect(answer).to_contain_text("<button>原样显示的 HTML</button>")
