"""At 200 % text size all of every screen can be read: nothing is cut, covered or to the side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.axe import grave_violations
from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import PHONE
from tests.e2e.layout import enlarge_text, misfits
from tests.e2e.scenes import SCENES, Scene, opened, tour_server
from tests.e2e.tour_library import fill_library
from tests.live.live_server import LiveServer

DOUBLE = 2
_CUT = """() => {
  const style = 'position: fixed; width: 60px; overflow: hidden; white-space: nowrap'
  const words = `<div style="${style}">A sentence that is too long</div>`
  document.body.insertAdjacentHTML('beforeend', words)
}"""
_TYPE = "getComputedStyle(document.querySelector('.chat')).fontSize"


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory, page_folder: Path) -> Iterator[LiveServer]:
    with tour_server(tmp_path_factory.mktemp("tour"), page_folder) as server:
        fill_library(server.port)
        yield server


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
async def test_all_can_be_read_in_letters_of_double_size(
    chromium: Browser, tour: LiveServer, scene: Scene
) -> None:
    async with opened(chromium, tour, scene, **PHONE) as chat:
        await enlarge_text(chat.page, DOUBLE)
        found = await misfits(chat.page) + await grave_violations(chat.page)
    assert not found, "\n".join(found)


async def test_the_page_follows_the_text_size_set_in_the_browser(phone: ChatPage) -> None:
    browser = await phone.page.context.new_cdp_session(phone.page)
    sizes = {"fontSizes": {"standard": 32, "fixed": 26}}
    await browser.send("Page.setFontSizes", sizes)
    await phone.page.reload()
    await expect(phone.composer).to_be_visible()
    assert await phone.page.evaluate(_TYPE) == "32px"


async def test_what_does_not_fit_would_be_found(phone: ChatPage) -> None:
    await phone.page.evaluate(_CUT)
    assert any(line.startswith("cut by") for line in await misfits(phone.page))
