"""The network fails in the middle of an answer: nothing of it is lost, nothing comes twice."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import OpenPage
from tests.e2e.network import Failure, Network, open_network
from tests.live.chat_socket import chat_socket, text_of
from tests.live.live_server import LiveServer

SOONER_THAN_THE_SILENCE_MS = 15_000
SLOW_3G = {
    "offline": False,
    "latency": 2_000,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
BEYOND_THE_SILENCE_MS = 16_000
"""The page asks whether the server still lives after 15 s, and gives it up 5 s later."""


async def test_after_a_reset_the_answer_is_whole(server: LiveServer, open_page: OpenPage) -> None:
    async with open_network(server.port, "reset") as network:
        phone = await open_page(network.port, network_may_fail=True)
        await phone.ask("请写一篇长文", "scripted/markdown")
        await phone.longer_than(60)
        network.fail()
        await expect(phone.connection).to_have_text("连接已断开，正在重连…")
        network.recover()
        await expect(phone.connection).to_have_count(0)
        await phone.is_("completed")
        await is_whole(phone, server)
        shown = await phone.text()
        await phone.page.reload()
        await expect(phone.answer).to_have_text(shown, use_inner_text=True)


async def test_a_connection_that_only_looks_open_is_replaced(
    server: LiveServer, open_page: OpenPage
) -> None:
    async with open_network(server.port, "stall") as network:
        phone = await open_page(network.port, network_may_fail=True)
        await phone.page.clock.install()
        await phone.page.reload()
        await phone.ask("数数", "scripted/endless")
        await phone.longer_than(60)
        network.fail()
        await hurry(phone.page)
        await expect(phone.connection).to_have_text("连接已断开，正在重连…")
        network.recover()
        await hurry(phone.page)
        await goes_on(phone)
        await is_whole(phone, server)


@pytest.mark.parametrize("kind", ["reset", "stall"])
async def test_a_phone_that_was_locked_reads_on(
    server: LiveServer, open_page: OpenPage, kind: Failure
) -> None:
    """Its socket is gone, or is open and dead."""
    async with open_network(server.port, kind) as network:
        phone = await open_page(network.port, network_may_fail=True)
        await phone.ask("数数", "scripted/endless")
        await phone.longer_than(60)
        await turn(phone.page, "hidden")
        network.fail()
        network.recover()
        phone.page.set_default_timeout(SOONER_THAN_THE_SILENCE_MS)
        await turn(phone.page, "visible")
        await goes_on(phone)
        await is_whole(phone, server)


async def test_what_is_asked_into_a_dead_connection_arrives_soon(
    server: LiveServer, open_page: OpenPage
) -> None:
    async with open_network(server.port, "stall") as network:
        phone = await open_page(network.port, network_may_fail=True)
        await phone.ask("一", "scripted/plain")
        await phone.is_("completed")
        network.fail()
        network.recover()
        await phone.ask("二")
        answer = phone.answers.nth(1)
        await expect(answer).to_have_attribute(
            "data-status", "completed", timeout=SOONER_THAN_THE_SILENCE_MS
        )
        await is_whole(phone, server)


async def test_airplane_mode_in_the_middle_of_an_answer(
    server: LiveServer, open_page: OpenPage
) -> None:
    async with open_network(server.port, "reset") as network:
        phone = await open_page(network.port, network_may_fail=True)
        await phone.ask("数数", "scripted/endless")
        await phone.longer_than(60)
        await phone.page.context.set_offline(True)
        network.fail()
        await expect(phone.connection).to_have_text("当前没有网络，恢复后会自动继续。")
        await phone.is_("streaming")
        await expect(phone.page.get_by_role("alert")).to_have_count(0)
        network.recover()
        await phone.page.context.set_offline(False)
        await goes_on(phone)
        await is_whole(phone, server)
        await expect(phone.questions).to_have_count(1)
        await expect(phone.answers).to_have_count(1)


async def test_two_pages_show_the_same_answer(server: LiveServer, phone: ChatPage) -> None:
    await phone.ask("请写一篇长文", "scripted/markdown")
    await phone.longer_than(60)
    second = await phone.page.context.new_page()
    await second.goto(phone.watch.origin)
    other = ChatPage(second, phone.watch)
    await other.longer_than(60)
    await phone.is_("completed")
    await other.is_("completed")
    assert await other.text() == await phone.text()
    await is_whole(phone, server)


async def test_a_slow_3g_phone_sees_what_happens_and_is_answered(phone: ChatPage) -> None:
    await phone.is_online()  # a socket that a reload ends before it is open complains
    network = await phone.page.context.new_cdp_session(phone.page)
    await network.send("Network.enable")
    await network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await network.send("Network.emulateNetworkConditions", SLOW_3G)
    await phone.page.reload(wait_until="commit")
    await expect(phone.page.get_by_text("正在打开 MyLLM…")).to_be_visible()
    await expect(phone.composer).to_be_visible()
    await expect(phone.page.get_by_text("正在打开 MyLLM…")).to_be_hidden()
    await phone.ask("你好")
    await phone.is_("completed")
    await expect(phone.connection).to_have_count(0)


async def test_a_reload_reads_on(server: LiveServer, phone: ChatPage) -> None:
    await phone.ask("数数", "scripted/endless")
    await phone.longer_than(60)
    await phone.page.reload()
    await goes_on(phone)
    await is_whole(phone, server)


async def test_what_was_asked_without_network_is_sent_once_it_is_back(
    server: LiveServer, open_page: OpenPage
) -> None:
    async with open_network(server.port, "reset") as network:
        phone = await open_page(network.port, network_may_fail=True)
        await expect(phone.connection).to_have_count(0)
        await lose(network, phone)
        await phone.ask("你好")
        await expect(phone.waiting).to_have_text("网络恢复后自动发送")
        network.recover()
        await phone.is_("completed")
        await expect(phone.questions).to_have_text(["你好"])
        await is_whole(phone, server)


async def lose(network: Network, phone: ChatPage) -> None:
    network.fail()
    await expect(phone.connection).to_be_visible()


async def goes_on(phone: ChatPage) -> None:
    """The endless answer grows beyond what was there, and is then stopped."""
    await phone.longer_than(len(await phone.text()) + 20)
    await expect(phone.connection).to_have_count(0)
    await phone.stop.click()
    await phone.is_("cancelled")


async def is_whole(phone: ChatPage, server: LiveServer) -> None:
    """What was pieced together is what the server replays."""
    async with chat_socket(server.url) as socket:
        await socket.send("attach", run=phone.watch.run())
        answer = text_of(await socket.receive_until("end"))
    assert answer
    assert await phone.copied_answer() == answer


async def hurry(page: Page) -> None:
    """Let the page's own time pass: frames still on their way may use up the first leap."""
    for _ in range(3):
        await page.clock.fast_forward(BEYOND_THE_SILENCE_MS)


async def turn(page: Page, state: Literal["hidden", "visible"]) -> None:
    """What a browser tells a page when the phone is locked, and when it is back."""
    await page.evaluate(
        """state => {
          Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
          document.dispatchEvent(new Event('visibilitychange'))
        }""",
        state,
    )
