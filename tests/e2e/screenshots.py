"""Make the pictures of the page anew.

`python3 tests/e2e/screenshots.py` makes the README's, in docs/images; with a folder, and perhaps
names of scenes, it makes those of every screen there, light and dark, on phone, tablet and desktop.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

_ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(_ROOT))

from playwright.async_api import Browser, expect  # noqa: E402

from tests.e2e.built_page import built_page  # noqa: E402
from tests.e2e.chromium import find_chromium, open_chromium  # noqa: E402
from tests.e2e.scenes import SCENES, Scene, opened, tour_server  # noqa: E402
from tests.e2e.tour_library import fill_library  # noqa: E402
from tests.live.live_server import LiveServer  # noqa: E402

IMAGES = _ROOT / "docs" / "images"
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
DEVICES: dict[str, dict[str, Any]] = {
    "phone": PHONE,
    "tablet": {"viewport": {"width": 768, "height": 1024}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1440, "height": 900}},
}
Theme = Literal["light", "dark"]
BOTH: tuple[Theme, ...] = ("light", "dark")
expect.set_options(timeout=30_000)


@dataclass(frozen=True, slots=True)
class Shot:
    """One scene on one device; a picture of it in each of the themes."""

    scene: Scene
    device: str
    themes: tuple[Theme, ...] = BOTH


def every_shot(names: Sequence[str]) -> list[Shot]:
    chosen = [scene for scene in SCENES if not names or scene.name in names]
    return [Shot(scene, device) for device in DEVICES for scene in chosen]


def readme_shots() -> list[Shot]:
    scenes = {scene.name: scene for scene in SCENES}
    return [
        Shot(scenes["conversation"], "phone"),
        Shot(scenes["conversation-en"], "phone"),
        Shot(scenes["conversation"], "desktop", ("light",)),
        Shot(scenes["conversation-en"], "desktop", ("dark",)),
    ]


def make(folder: Path, shots: list[Shot], scale: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    page = built_page()
    with tempfile.TemporaryDirectory() as place, tour_server(Path(place), page) as server:
        fill_library(server.port)
        asyncio.run(take_all(server, folder, shots, scale))


async def take_all(server: LiveServer, folder: Path, shots: list[Shot], scale: float) -> None:
    async with open_chromium(find_chromium()) as chromium:
        for shot in shots:
            await take(chromium, server, shot, folder, scale)


async def take(
    chromium: Browser, server: LiveServer, shot: Shot, folder: Path, scale: float
) -> None:
    options = {**DEVICES[shot.device], "device_scale_factor": scale, "reduced_motion": "reduce"}
    async with opened(chromium, server, shot.scene, **options) as chat:
        for theme in shot.themes:
            await chat.page.emulate_media(color_scheme=theme)
            name = f"{shot.scene.name}-{shot.device}-{theme}.png"
            await chat.page.screenshot(path=folder / name, animations="disabled", caret="hide")
            print(name, flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        make(Path(sys.argv[1]), every_shot(sys.argv[2:]), scale=1)
    else:
        make(IMAGES, readme_shots(), scale=2)
