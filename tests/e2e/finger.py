"""One finger on a phone's screen."""

from __future__ import annotations

from playwright.async_api import CDPSession, Locator, Page


class Finger:
    """What it does goes the whole way: the browser itself tells taps, presses and scrolling."""

    def __init__(self, screen: CDPSession) -> None:
        self._screen = screen
        self._x = 0.0
        self._y = 0.0

    @classmethod
    async def of(cls, page: Page) -> Finger:
        return cls(await page.context.new_cdp_session(page))

    async def down_on(self, target: Locator) -> None:
        box = await target.bounding_box()
        assert box is not None
        await self.down(box["x"] + 40, box["y"] + 12)

    async def down(self, x: float, y: float) -> None:
        self._x, self._y = x, y
        await self._touch("touchStart")

    async def move(self, by: float) -> None:
        """Downwards, by so many pixels."""
        self._y += by
        await self._touch("touchMove")

    async def lift(self) -> None:
        await self._screen.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    async def _touch(self, kind: str) -> None:
        points = [{"x": self._x, "y": self._y}]
        await self._screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
