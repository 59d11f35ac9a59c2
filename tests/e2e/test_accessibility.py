"""axe finds nothing serious on any screen, in neither theme, on a phone nor on a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, ViewportSize

from tests.e2e.axe import grave_violations
from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import PHONE
from tests.e2e.scenes import SCENES, Scene, opened, tour_server
from tests.e2e.tour_library import fill_library
from tests.live.live_server import LiveServer

DESKTOP: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory, page_folder: Path) -> Iterator[LiveServer]:
    """With conversations in its list."""
    with tour_server(tmp_path_factory.mktemp("tour"), page_folder) as server:
        fill_library(server.port)
        yield server


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
async def test_nothing_keeps_people_out(chromium: Browser, tour: LiveServer, scene: Scene) -> None:
    async with opened(chromium, tour, scene, **PHONE) as chat:
        found = await in_both_themes(chat, "phone")
        await chat.page.set_viewport_size(DESKTOP)
        found += await in_both_themes(chat, "desktop")
    assert not found, "\n".join(found)


async def test_axe_would_find_something(phone: ChatPage) -> None:
    await phone.page.evaluate("document.documentElement.removeAttribute('lang')")
    assert any(line.startswith("html-has-lang") for line in await grave_violations(phone.page))


async def in_both_themes(chat: ChatPage, device: str) -> list[str]:
    found = []
    for theme in ("light", "dark"):
        await chat.page.emulate_media(color_scheme=theme)
        await chat.page.locator(f".theme-{theme}").wait_for()
        found += [f"{device} {theme} {line}" for line in await grave_violations(chat.page)]
    return found
