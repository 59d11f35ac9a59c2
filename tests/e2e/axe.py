"""axe-core in the opened page: what keeps people with disabilities out."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page

_AXE = Path(__file__).resolve().parents[2] / "client-uniapp/node_modules/axe-core/axe.min.js"
_GRAVE = ("serious", "critical")
_RUN = """async grave => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] })
  return violations
    .filter(({ impact }) => grave.includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html, any }) =>
      `${id}: ${html.slice(0, 160)} ${any.map(({ message }) => message).join(' ')}`))
}"""


async def grave_violations(page: Page) -> list[str]:
    """One line for each element that axe finds seriously or critically wrong."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: list[str] = await page.evaluate(_RUN, list(_GRAVE))
    return found
