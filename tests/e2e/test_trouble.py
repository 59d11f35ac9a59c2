"""An answer that fails says so calmly, keeps what it has, and can be asked for again."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage
from tests.live.live_server import LiveServer


async def test_a_failed_answer_is_kept_and_asked_again(phone: ChatPage) -> None:
    await phone.ask("一二三", "scripted/error")
    await phone.is_("failed")
    await expect(phone.answer).to_contain_text("这个回答说到一半就会出错")
    await expect(phone.answer.get_by_role("alert")).to_be_visible()

    await phone.choose("scripted/plain")
    await phone.retry.click()
    await phone.is_("completed")
    await expect(phone.questions).to_have_text(["一二三"])
    await expect(phone.answers).to_have_count(1)
    await expect(phone.answer).to_contain_text("你刚才说：「一二三」")
    await expect(phone.retry).to_have_count(0)


async def test_an_answer_whose_model_crashed_goes_on_when_it_is_back(phone: ChatPage) -> None:
    await phone.ask("一二三", "scripted/crash")
    await phone.is_("interrupted")
    await expect(phone.answer.get_by_role("alert")).to_contain_text("模型崩溃了，正在自动重新加载")
    told = "这个回答说到一半，模型就会崩溃：一、二、三、"
    await expect(phone.answer).to_contain_text(told)

    await phone.page.get_by_test_id("go-on").click()
    await phone.is_("completed")
    await expect(phone.answer).to_contain_text(told)
    await expect(phone.answer.get_by_role("alert")).to_have_count(0)


async def test_long_ways_out_leave_the_sentence_its_room(
    open_page: OpenPage, server: LiveServer
) -> None:
    phone = await open_page(server.port, locale="en-GB")
    await phone.ask("一二三", "scripted/crash")
    await phone.is_("interrupted")
    trouble = phone.answer.get_by_role("alert")
    whole, sentence = [
        await part.bounding_box() for part in (trouble, trouble.locator(".sentence"))
    ]
    assert whole is not None
    assert sentence is not None
    assert sentence["width"] > whole["width"] / 2
    await phone.retry.click()
    await phone.is_("interrupted")
