"""Tasks beside the server are restarted when they fail."""

from __future__ import annotations

import asyncio

import pytest
import uvicorn

from chat import supervised
from hosting.web.server import Watcher, WebServer
from tests.patience import PATIENCE


async def test_a_failed_watcher_is_restarted(monkeypatch: pytest.MonkeyPatch) -> None:
    async def started(server: uvicorn.Server, sockets: object = None) -> None:
        server.started = True

    begun = asyncio.Queue[int]()
    deaths = 0

    async def work() -> None:
        nonlocal deaths
        deaths += 1
        begun.put_nowait(deaths)
        if deaths == 1:
            raise RuntimeError("nobody foresaw this")
        await asyncio.Event().wait()

    monkeypatch.setattr(uvicorn.Server, "startup", started)
    monkeypatch.setattr(supervised.Restarts, "pause", lambda *_: 0.0)
    server = WebServer(lambda: None, [Watcher("probe", work)])
    await server.startup()
    assert [await asyncio.wait_for(begun.get(), PATIENCE) for _ in range(2)] == [1, 2]
    (task,) = server._watching
    assert task.get_name() == "probe"
    task.cancel()
    await asyncio.wait({task})
