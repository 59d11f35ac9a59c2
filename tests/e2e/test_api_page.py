"""The API's own documentation page, under the policy that every page is held to."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.conftest import OpenPage
from tests.live.live_server import LiveServer


async def test_the_documentation_works_without_scripts_of_others(
    server: LiveServer, open_page: OpenPage
) -> None:
    phone = await open_page(server.port)
    await phone.page.goto(f"{phone.watch.origin}/api/v1/docs")
    await expect(phone.page.get_by_text("/conversations", exact=False).first).to_be_visible()
