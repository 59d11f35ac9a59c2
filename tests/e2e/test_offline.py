"""A device without any network says so at once, and goes on as soon as it is back."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.network import open_network
from tests.live.live_server import LiveServer


async def test_a_question_without_network_waits_and_is_sent_when_it_is_back(
    server: LiveServer, open_page: OpenPage
) -> None:
    async with open_network(server.port, "stall") as network:
        phone = await open_page(network.port, network_may_fail=True)
        await phone.is_online()
        await phone.page.clock.install()
        network.fail()
        await phone.page.clock.pause_at(await phone.page.evaluate("Date.now() + 1000"))
        await phone.page.context.set_offline(True)
        await expect(phone.connection).to_be_visible()
        await phone.ask("没有网络时问的")
        await expect(phone.waiting).to_contain_text("恢复后自动发送")
        await phone.page.clock.resume()
        network.recover()
        await phone.page.context.set_offline(False)
        await phone.is_("completed")
        await expect(phone.questions).to_have_text(["没有网络时问的"])
        await expect(phone.connection).to_have_count(0)
