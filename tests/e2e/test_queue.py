"""Who waits for others is told how many."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.conftest import OpenPage, OwnServer


async def test_the_place_in_the_line_is_shown(open_page: OpenPage, own_server: OwnServer) -> None:
    server = own_server(models="scripted/endless", slots=1)
    first, second, third = [await open_page(server.port) for _ in range(3)]
    await first.ask("一")
    await first.longer_than(10)
    await second.ask("二")
    await expect(second.waiting).to_contain_text("排队中，下一个就是你")
    await third.ask("三")
    await expect(third.waiting).to_contain_text("排队中，前面还有 1 个")

    await first.stop.click()
    await expect(third.waiting).to_contain_text("排队中，下一个就是你")
    await expect(second.waiting).to_have_count(0)
    await second.longer_than(10)
