"""What can be done with a message: by a long press, a right click, a button or the keyboard."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage
from tests.e2e.finger import Finger
from tests.e2e.test_composer import DESKTOP
from tests.live.live_server import LiveServer

ANSWER = "你好！这是脚本模型的回答。你刚才说：「你好」。"
FAKE_VOICES = """() => {
  window.said = []
  const voice = (lang, localService) => ({ lang, localService, name: lang })
  const synthesis = {
    getVoices: () => [voice('zh-CN', false), voice('zh-CN', LOCAL), voice('en-US', LOCAL)],
    addEventListener: () => undefined,
    speak: utterance => {
      window.said.push([utterance.text, utterance.voice.lang, utterance.voice.localService])
      if (window.said.length < 3) setTimeout(utterance.onend)
    },
    cancel: () => { window.hushed = true },
  }
  Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def desktop(open_page: OpenPage, server: LiveServer) -> ChatPage:
    return await open_page(server.port, **DESKTOP)


async def asked(chat: ChatPage, question: str = "你好", model: str = "scripted/plain") -> None:
    await chat.ask(question, model)
    await chat.is_("completed")


async def act(chat: ChatPage, name: str, message: Locator | None = None) -> None:
    """By way of the button that opens the menu of the newest answer."""
    await (message or chat.answer).get_by_test_id("more").click()
    await chat.page.get_by_test_id(f"act-{name}").click()


async def test_a_long_press_opens_it_and_the_lifted_finger_presses_nothing(
    phone: ChatPage,
) -> None:
    await asked(phone)
    finger = await Finger.of(phone.page)
    sheet = phone.page.get_by_test_id("sheet")
    await finger.down_on(phone.answer)
    await expect(sheet).to_be_visible()
    await finger.lift()
    await expect(phone.page.get_by_test_id("act-quote")).to_be_visible()
    assert await phone.page.evaluate("String(getSelection())") == ""
    await phone.page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)

    await finger.down_on(phone.questions.last)
    await expect(phone.page.get_by_test_id("act-edit")).to_be_visible()
    await finger.lift()
    await phone.page.get_by_test_id("act-edit").click()
    await expect(phone.page.get_by_test_id("edited").locator("textarea")).to_have_value("你好")


async def test_a_finger_that_scrolls_opens_nothing(phone: ChatPage) -> None:
    await phone.page.clock.install()
    await asked(phone, model="scripted/markdown")
    finger = await Finger.of(phone.page)
    await finger.down_on(phone.answer.get_by_role("columnheader").first)
    await finger.move(30)
    await phone.page.clock.fast_forward(2_000)
    await finger.lift()
    await expect(phone.page.get_by_test_id("sheet")).to_have_count(0)


async def test_a_right_click_quotes_the_part_that_is_selected(desktop: ChatPage) -> None:
    await asked(desktop)
    page = desktop.page
    words = desktop.answer.get_by_text("这是第 1 轮。")
    await words.select_text()
    part = await words.inner_text()
    box = await page.evaluate(
        """() => {
          const { left, top, width, height } = getSelection().getRangeAt(0).getBoundingClientRect()
          return { x: left + width / 2, y: top + height / 2 }
        }"""
    )
    await page.mouse.click(box["x"], box["y"], button="right")
    await page.get_by_test_id("act-quotePart").click()
    await expect(page.get_by_test_id("quote-card")).to_have_text(part)
    await expect(desktop.composer).to_be_focused()
    await page.keyboard.type("why?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("quote-card")).to_have_count(0)
    await expect(page.get_by_test_id("quoted")).to_have_text(part)
    await expect(desktop.answer).to_contain_text(f"「> {part}")
    await desktop.is_("completed")


async def test_a_quotation_can_be_taken_back(phone: ChatPage) -> None:
    await asked(phone)
    see = phone.page.get_by_test_id
    await act(phone, "quote")
    await expect(see("quote-card")).to_contain_text(ANSWER)
    await see("remove-quote").click()
    await expect(see("quote-card")).to_have_count(0)


async def test_keys_alone_reach_it_and_give_the_place_back(desktop: ChatPage) -> None:
    await asked(desktop)
    more = desktop.answer.get_by_test_id("more")
    await more.focus()
    await desktop.page.keyboard.press("Enter")
    await expect(desktop.page.get_by_test_id("act-copyText")).to_be_focused()
    await desktop.page.keyboard.press("Escape")
    await expect(more).to_be_focused()


async def test_text_is_copied_with_and_without_its_marks(phone: ChatPage) -> None:
    await asked(phone, "想一想", "scripted/reasoning")
    await act(phone, "copyMarkdown")
    assert (await phone.paste()).startswith("想好了：**42**。")
    await act(phone, "copyText")
    assert (await phone.paste()).startswith("想好了：42。")


async def test_text_is_selected_in_a_view_of_its_own(phone: ChatPage) -> None:
    await asked(phone)
    see = phone.page.get_by_test_id
    await act(phone, "select")
    await see("select-all").click()
    await expect(see("quote-part")).to_have_text("引用所选")
    await see("quote-part").click()
    await expect(see("quote-card")).to_contain_text(ANSWER)


async def test_text_is_copied_where_it_cannot_be_shared(phone: ChatPage) -> None:
    await asked(phone)
    await act(phone, "shareText")
    await expect(phone.page.get_by_text("文字已复制")).to_be_visible()
    assert (await phone.paste()).startswith(ANSWER)


async def test_text_is_shared_where_the_browser_can(phone: ChatPage) -> None:
    await phone.page.evaluate("navigator.share = what => { window.shared = what }")
    await asked(phone)
    await act(phone, "shareText")
    await expect(phone.page.get_by_test_id("sheet")).to_have_count(0)
    shared = await phone.page.evaluate("window.shared.text")
    assert shared.startswith(ANSWER)


async def test_the_figures_are_in_the_menu(phone: ChatPage) -> None:
    await asked(phone)
    await expect(phone.answer.get_by_test_id("remark")).to_have_count(0)
    await act(phone, "figures")
    await expect(phone.page.get_by_test_id("times")).to_be_visible()
    await expect(phone.page.get_by_test_id("figures")).to_contain_text("scripted/plain")
    await phone.page.get_by_test_id("close-panel").click()
    await expect(phone.page.get_by_test_id("sheet")).to_have_count(0)


async def test_an_answer_becomes_a_picture(phone: ChatPage, tmp_path: Path) -> None:
    await asked(phone, "写一篇", "scripted/markdown")
    await act(phone, "sharePicture")
    async with phone.page.expect_download() as saving:
        await phone.page.get_by_test_id("save-picture").click()
    download = await saving.value
    assert download.suggested_filename.startswith("MyLLM ")
    file = tmp_path / "picture.png"
    await download.save_as(file)
    content = file.read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    assert content.startswith(b"\x89PNG")
    assert width == 960
    assert 1_500 < height < 5_000
    assert 50_000 < len(content) < 2_000_000


async def test_an_answer_is_read_aloud_by_the_devices_own_voices(
    open_page: OpenPage, server: LiveServer
) -> None:
    phone = await open_page(server.port)
    await phone.page.evaluate(FAKE_VOICES.replace("LOCAL", "true"))
    await asked(phone)
    await act(phone, "read")
    await expect(phone.page.get_by_test_id("reading")).to_be_visible()
    await phone.page.wait_for_function("window.said.length === 3")
    said: list[Any] = await phone.page.evaluate("window.said")
    assert said[0] == ["你好！", "zh-CN", True]
    await phone.page.get_by_test_id("stop-reading").click()
    await expect(phone.page.get_by_test_id("reading")).to_have_count(0)
    assert await phone.page.evaluate("window.hushed")


async def test_no_voice_of_somebody_elses_server_reads_aloud(phone: ChatPage) -> None:
    await phone.page.evaluate(FAKE_VOICES.replace("LOCAL", "false"))
    await asked(phone)
    await phone.answer.get_by_test_id("more").click()
    read = phone.page.get_by_test_id("act-read")
    await expect(read).to_have_attribute("aria-disabled", "true")
    await expect(read).to_contain_text("没有该语言的本地语音")
