"""Conversations are found again, go on unwatched, and are put in order."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage, OwnServer


class Drawer:
    """The list of conversations of one page."""

    def __init__(self, chat: ChatPage) -> None:
        self.chat = chat
        self.see = chat.page.get_by_test_id
        self.rows = self.see("conversation")

    def row(self, title: str) -> Locator:
        return self.rows.filter(has_text=title)

    async def open(self, title: str) -> None:
        await self.chat.menu.click()
        await self.row(title).get_by_test_id("open-conversation").click()

    async def act(self, title: str, action: str) -> None:
        await self.row(title).get_by_test_id("conversation-actions").click()
        await self.see(action).click()


@pytest.fixture
def port(own_server: OwnServer) -> int:
    """A server of one's own: the list holds what this test says."""
    return own_server().port


async def test_an_answer_goes_on_while_another_conversation_is_open(
    port: int, open_page: OpenPage
) -> None:
    phone = await open_page(port)
    await phone.ask("数数", "scripted/endless")
    left_at = await phone.longer_than(40)
    await phone.new_chat.click()
    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")

    await Drawer(phone).open("数数")
    await phone.longer_than(left_at + 40)
    await expect(phone.questions).to_have_text(["数数"])
    await phone.stop.click()
    await phone.is_("cancelled")


async def test_another_device_finds_it_and_joins(port: int, open_page: OpenPage) -> None:
    phone, tablet = await open_page(port), await open_page(port)
    await phone.ask("数数", "scripted/endless")
    await phone.longer_than(40)
    await Drawer(tablet).open("数数")
    await tablet.longer_than(await phone.longer_than(80))
    await tablet.stop.click()
    await phone.is_("cancelled")
    await phone.ask("再来", "scripted/plain")
    await expect(tablet.questions).to_have_text(["数数", "再来"])
    await tablet.is_("completed")


async def test_they_are_renamed_pinned_archived_and_deleted(port: int, open_page: OpenPage) -> None:
    phone = await open_page(port)
    drawer = Drawer(phone)
    for question in ("第一个", "第二个"):
        await phone.new_chat.click()
        await phone.ask(question, "scripted/plain")
        await phone.is_("completed")
    await phone.menu.click()
    await expect(drawer.rows).to_have_text([re.compile("第二个"), re.compile("第一个")])

    await drawer.act("第一个", "pin")
    await expect(drawer.rows).to_have_text([re.compile("第一个"), re.compile("第二个")])
    await drawer.act("第一个", "rename")
    await drawer.see("name-field").locator("input").fill("爬山清单")
    await drawer.see("save-name").click()
    await expect(drawer.row("爬山清单")).to_be_visible()

    await drawer.act("爬山清单", "archive")
    await expect(drawer.rows).to_have_count(1)
    await drawer.see("shelf").click()
    await expect(drawer.row("爬山清单")).to_be_visible()
    await drawer.act("爬山清单", "archive")
    await drawer.see("shelf").click()

    await drawer.act("爬山清单", "remove")
    await expect(drawer.row("爬山清单")).to_have_count(0)
    await drawer.see("undo").click()
    await expect(drawer.row("爬山清单")).to_be_visible()


async def test_what_can_be_taken_back_covers_nothing_of_a_sheet(
    port: int, open_page: OpenPage
) -> None:
    phone = await open_page(port)
    drawer = Drawer(phone)
    for question in ("第一个", "第二个"):
        await phone.ask(question, "scripted/plain")
        await phone.is_("completed")
        await phone.new_chat.click()
    await phone.menu.click()
    await drawer.act("第一个", "archive")
    await drawer.act("第二个", "rename")
    await expect(drawer.see("name-field")).to_be_visible()
    toast, sheet = [await drawer.see(name).bounding_box() for name in ("toast", "sheet")]
    assert toast is not None
    assert sheet is not None
    assert toast["y"] + toast["height"] < sheet["y"]


async def test_words_of_two_characters_are_found(port: int, open_page: OpenPage) -> None:
    phone = await open_page(port)
    drawer = Drawer(phone)
    await phone.ask("周末想去爬山，帮我列个清单", "scripted/plain")
    await phone.is_("completed")
    await phone.new_chat.click()
    await phone.menu.click()
    await drawer.see("search").locator("input").fill("清单")
    await expect(drawer.see("marked").first).to_have_text("清单")
    await drawer.see("hit").first.click()
    await expect(phone.questions).to_have_text(["周末想去爬山，帮我列个清单"])


async def test_what_was_seen_stays_readable_without_a_server(
    open_page: OpenPage, own_server: OwnServer
) -> None:
    server = own_server()
    phone = await open_page(server.port, network_may_fail=True)
    await phone.ask("你好", "scripted/plain")
    await phone.is_("completed")
    await phone.menu.click()
    await expect(Drawer(phone).row("你好")).to_be_visible()
    await phone.page.get_by_test_id("menu-new-chat").click()
    server.kill()
    await expect(phone.connection).to_have_text("连接已断开，正在重连…")
    await Drawer(phone).open("你好")
    await expect(phone.answer).to_contain_text("这是第 1 轮")
