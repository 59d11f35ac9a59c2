"""Django's admin pages in a real browser, whose forms name the page they come from."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.conftest import OpenPage
from tests.live.live_server import LiveServer


async def test_a_wrong_password_is_answered_by_the_form(
    server: LiveServer, open_page: OpenPage
) -> None:
    phone = await open_page(server.port)
    page = await phone.page.context.new_page()  # one that may lack an icon
    await page.goto(f"{phone.watch.origin}/admin/login/")
    await page.fill("#id_username", "nobody")
    await page.fill("#id_password", "wrong")
    async with page.expect_navigation() as sent:
        await page.press("#id_password", "Enter")
    answer = await sent.value
    assert answer is not None
    assert answer.status == 200
    await expect(page.locator(".errornote")).to_be_visible()
