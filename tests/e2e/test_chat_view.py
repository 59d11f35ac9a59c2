"""The chat view's header and composer, answers that are continued, drafts, and large text."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e import model_scenes
from tests.e2e.chat_page import ChatPage

NUMBERS = "".join(f"{number} 个数字，还没有数完，" for number in range(1, 9999))
TWICE_THE_TEXT = "document.querySelector('.chat').style.setProperty('--type-scale', '2')"
WIDER_THAN_ITS_PLACE = """() => [...document.querySelectorAll('.greeting *, .composer *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.className)"""


async def test_the_header_names_the_model_above_the_title(phone: ChatPage) -> None:
    see = phone.page.get_by_test_id
    await phone.ask("你好", "scripted/plain")
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("你好")
    await see("model-chip").click()
    await expect(see("model-choice").first).to_be_visible()


async def test_the_pill_switches_thinking_for_the_next_question(phone: ChatPage) -> None:
    await model_scenes.reasoning(phone)
    pill = phone.page.get_by_test_id("thinking-pill")
    await expect(pill).to_have_attribute("aria-pressed", "true")
    await pill.click()
    await expect(pill).to_have_attribute("aria-pressed", "false")
    await phone.composer.fill("你好")
    await phone.send.click()
    await phone.is_("failed")
    assert phone.watch.asked()["options"] == {"enable_thinking": False}
    await phone.page.reload()
    await expect(pill).to_have_attribute("aria-pressed", "false")


async def test_a_stopped_answer_is_continued_where_its_text_ends(phone: ChatPage) -> None:
    await phone.ask("数数", "scripted/endless")
    await phone.longer_than(60)
    await phone.stop.click()
    await phone.is_("cancelled")
    before = await shown_text(phone)
    await phone.page.get_by_test_id("go-on").click()
    await phone.longer_than(len(before) + 120)
    after = await shown_text(phone)
    assert after.startswith(before)
    assert NUMBERS.replace(" ", "").startswith(after)
    await phone.stop.click()
    await phone.is_("cancelled")


async def test_a_draft_of_the_new_chat_outlives_other_chats_and_a_reload(phone: ChatPage) -> None:
    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    await phone.new_chat.click()
    await phone.composer.fill("写了一半")
    await phone.show_list()
    await phone.page.get_by_test_id("conversation").first.click()
    await expect(phone.composer).to_have_value("")
    await phone.page.reload()
    await phone.new_chat.click()
    await expect(phone.composer).to_have_value("写了一半")


async def test_the_greeting_fits_at_twice_the_text_size(phone: ChatPage) -> None:
    await phone.page.evaluate(TWICE_THE_TEXT)
    last = phone.page.get_by_test_id("starter").last
    await last.scroll_into_view_if_needed()
    await expect(last).to_be_in_viewport(ratio=0.9)
    assert await phone.page.evaluate(WIDER_THAN_ITS_PLACE) == []


async def shown_text(phone: ChatPage) -> str:
    """The answer's own, without blanks: a line that is wrapped may end in one."""
    text = await phone.answer.locator(".block-paragraph").inner_text()
    return "".join(text.split())
