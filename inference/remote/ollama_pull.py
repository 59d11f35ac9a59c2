"""The progress of an Ollama download, from the reports on its parts."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING

from inference.types import Download

if TYPE_CHECKING:
    from ollama import ProgressResponse

SUCCESS = "success"
_WINDOW_SECONDS = 5.0
_TELL_SECONDS = 0.2
"""Ollama reports a download sixteen times a second."""
_SOURCE = "Ollama"


async def follow(
    steps: AsyncGenerator[ProgressResponse, None], report: Callable[[Download], None]
) -> bool:
    """Report the progress at intervals until the end. Returns whether it succeeded."""
    progress, told_at = PullProgress(), float("-inf")
    now = asyncio.get_running_loop().time
    async with aclosing(steps):
        async for step in steps:
            progress.note(step, now())
            if now() - told_at >= _TELL_SECONDS:
                told_at = now()
                report(progress.download)
    return progress.is_done


class PullProgress:
    """Sums the parts by their digests; Ollama reports a part when it begins it."""

    def __init__(self) -> None:
        self._parts: dict[str, tuple[int, int]] = {}
        self._latest: deque[tuple[float, int]] = deque()
        self.is_done = False

    @property
    def download(self) -> Download:
        """The download as it is now."""
        done = sum(part for part, _ in self._parts.values())
        total = sum(whole for _, whole in self._parts.values())
        return Download(done, total, _SOURCE, bytes_per_second=self._rate())

    def note(self, progress: ProgressResponse, now: float) -> None:
        """`now` is in seconds, of any monotonic clock."""
        self.is_done = self.is_done or progress.status == SUCCESS
        if progress.digest and progress.total:
            self._parts[progress.digest] = (progress.completed or 0, progress.total)
        self._latest.append((now, sum(part for part, _ in self._parts.values())))
        while now - self._latest[0][0] > _WINDOW_SECONDS:
            self._latest.popleft()

    def _rate(self) -> float | None:
        if len(self._latest) < 2:
            return None
        (began, first), (ended, last) = self._latest[0], self._latest[-1]
        return (last - first) / (ended - began) if ended > began else None
