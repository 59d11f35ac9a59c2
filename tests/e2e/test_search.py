"""What search finds is opened where it stands."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage, OwnServer
from tests.e2e.told import tell

LONG_AGO = "只有这里说到灯塔"
FILLER = "一段不短的话，好让对话比屏幕长。" * 8


@pytest.fixture
def port(own_server: OwnServer) -> int:
    """A server of one's own: what is found is what this test says."""
    return own_server().port


async def test_a_hit_far_above_is_brought_into_sight(port: int, open_page: OpenPage) -> None:
    tell(port, "长谈", [*[FILLER] * 3, LONG_AGO, *[FILLER] * 28])
    phone = await open_page(port)
    await find(phone, "灯塔")
    found = phone.page.get_by_test_id("found")
    await expect(found).to_contain_text(LONG_AGO)
    await expect(found).to_be_in_viewport()
    await expect(phone.to_bottom).to_be_visible()
    await expect(found).to_have_count(0)
    await expect(phone.answers.filter(has_text=LONG_AGO)).to_be_in_viewport()


async def test_a_hit_on_another_branch_shows_that_branch(port: int, open_page: OpenPage) -> None:
    phone = await open_page(port)
    see = phone.page.get_by_test_id
    await phone.ask("灯塔有多高", "scripted/plain")
    await phone.is_("completed")
    await see("edit").click()
    await see("edited").locator("textarea").fill("塔楼有多高")
    await see("send-edited").click()
    await expect(phone.questions).to_have_text(["塔楼有多高"])
    await phone.is_("completed")
    await find(phone, "灯塔有")
    await expect(phone.questions).to_have_text(["灯塔有多高"])
    await expect(see("branches")).to_contain_text("1/2")


async def test_more_hits_come_on_scrolling(port: int, open_page: OpenPage) -> None:
    tell(port, "灯塔", [f"灯塔，第 {number} 座" for number in range(52)])
    phone = await open_page(port)
    await search(phone, "灯塔")
    hits = phone.page.get_by_test_id("hit")
    await expect(hits).to_have_count(21)
    await hits.last.scroll_into_view_if_needed()
    await expect(hits).to_have_count(41)


async def find(chat: ChatPage, words: str) -> None:
    """Press the newest hit that is not a title."""
    await search(chat, words)
    see = chat.page.get_by_test_id
    await see("hit").filter(has=see("marked")).first.click()


async def search(chat: ChatPage, words: str) -> None:
    await chat.menu.click()
    await chat.page.get_by_test_id("search").locator("input").fill(words)
    await expect(chat.page.get_by_test_id("marked").first).to_be_visible()
