"""What does not fit on the opened page: text that is cut, covered, squeezed or sticks out."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page

_MISFITS = Path(__file__).with_name("misfits.js")
_SCALE = "scale => document.documentElement.style.setProperty('--browser-text', String(scale))"


async def enlarge_text(page: Page, scale: float) -> None:
    """As a browser whose text size is that many times the usual one."""
    await page.evaluate(_SCALE, scale)
    await page.evaluate("new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn, 50)))")


async def misfits(page: Page) -> list[str]:
    """One line for each; nothing where a person can read all and scrolls up and down alone."""
    found: list[str] = await page.evaluate(_MISFITS.read_text(encoding="utf-8"))
    return found
