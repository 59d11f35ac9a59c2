"""Draw the home screen's icons anew from icon.svg: `python3 tests/e2e/icons.py`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(_ROOT))

from playwright.async_api import Browser  # noqa: E402

from tests.e2e.chromium import find_chromium, open_chromium  # noqa: E402

FOLDER = _ROOT / "client-uniapp" / "src" / "static" / "h5"
ROUNDED = {"icon-192.png": 192, "icon-512.png": 512}
FILLED = {"icon-180.png": 180, "icon-maskable-512.png": 512}
"""Phones cut their own corners; iOS would fill ours with black."""


async def main() -> None:
    drawing = (FOLDER / "icon.svg").read_text(encoding="utf-8")
    async with open_chromium(find_chromium()) as chromium:
        for name, size in ROUNDED.items():
            await draw(chromium, drawing, size, FOLDER / name)
        for name, size in FILLED.items():
            await draw(chromium, drawing.replace('rx="15"', 'rx="0"'), size, FOLDER / name)


async def draw(chromium: Browser, drawing: str, size: int, file: Path) -> None:
    page = await chromium.new_page(viewport={"width": size, "height": size})
    await page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{drawing}")
    await page.screenshot(path=file, omit_background=True)
    await page.close()
    print(file.relative_to(_ROOT))


if __name__ == "__main__":
    asyncio.run(main())
