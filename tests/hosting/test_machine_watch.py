"""One entry for each new shortage."""

from __future__ import annotations

import asyncio

import pytest

from chat.health.shortage import Shortage
from hosting import machine_watch
from hosting.machine_watch import watch_machine
from tests.patience import PATIENCE


async def test_a_shortage_is_logged_once_each_time(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    disk, memory = Shortage.DISK, Shortage.MEMORY
    looks = [[], [disk], [disk], [disk, memory], [], [disk]]
    over = asyncio.Event()

    async def pause(_: float) -> None:
        if not looks:
            over.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(machine_watch, "prefers_chinese", lambda: False)
    monkeypatch.setattr(machine_watch, "shortages", lambda: looks.pop(0))
    monkeypatch.setattr(machine_watch, "_pause", pause)
    watching = asyncio.create_task(watch_machine())
    await asyncio.wait_for(over.wait(), PATIENCE)
    watching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watching
    texts = [record.getMessage() for record in caplog.records]
    assert ["disk" in text for text in texts] == [True, False, True]
    assert "memory" in texts[1]
