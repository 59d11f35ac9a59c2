"""What a page in Chromium costs, as its own instruments measure it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import CDPSession, Page

_OBSERVE = """
window.__tasks = []
new PerformanceObserver(list => {
  for (const { duration } of list.getEntries()) window.__tasks.push(duration)
}).observe({ type: 'longtask' })
"""
"""Only tasks of 50 ms and more are reported."""
_QUIET = "() => new Promise(done => requestIdleCallback(() => requestAnimationFrame(done)))"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the page's main thread since it was opened."""

    script: float
    layout: float
    """The recalculation of styles included."""

    def since(self, before: Cost) -> Cost:
        return Cost(self.script - before.script, self.layout - before.layout)

    @property
    def both(self) -> float:
        return self.script + self.layout


@dataclass(frozen=True, slots=True)
class Weight:
    """What a page holds after its garbage was collected."""

    heap: int
    """Bytes of JavaScript."""
    nodes: int
    listeners: int


class PageCost:
    """The instruments of one page."""

    def __init__(self, page: Page, devtools: CDPSession) -> None:
        self._page = page
        self._devtools = devtools

    async def slow_down(self, rate: float) -> None:
        """As on a processor that is so many times slower."""
        await self._devtools.send("Emulation.setCPUThrottlingRate", {"rate": rate})

    async def cost(self) -> Cost:
        received = await self._metrics()
        layout = received["LayoutDuration"] + received["RecalcStyleDuration"]
        return Cost(received["ScriptDuration"], layout)

    async def weight(self) -> Weight:
        for _ in range(3):
            await self._devtools.send("HeapProfiler.collectGarbage")
        received = await self._metrics()
        return Weight(
            int(received["JSHeapUsedSize"]),
            int(received["Nodes"]),
            int(received["JSEventListeners"]),
        )

    async def quiet(self) -> None:
        """Returns when the page has nothing left to do and has shown it."""
        await self._page.evaluate(_QUIET)

    async def longest_task(self) -> float:
        """Milliseconds, since it was asked last; 0 where none took 50."""
        await self.quiet()
        tasks = await self._page.evaluate("window.__tasks.splice(0)")
        return max((float(duration) for duration in tasks), default=0.0)

    async def _metrics(self) -> dict[str, float]:
        received = await self._devtools.send("Performance.getMetrics")
        return {metric["name"]: metric["value"] for metric in received["metrics"]}


async def instrument(page: Page) -> PageCost:
    """Before the page goes anywhere."""
    await page.add_init_script(_OBSERVE)
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    return PageCost(page, devtools)
