"""What a caller begins is done, even where the caller does not wait for it."""

from __future__ import annotations

import asyncio
import threading

import pytest

from chat import store
from chat.actor import Actor
from chat.models import Run
from chat.runs.policy import Policy
from chat.runs.uncancelled import uncancelled
from chat.service import ChatService
from chat.store import in_database
from chat.store.revisions import Revision
from chat.wire.protocol import Send
from inference import Engine
from tests.patience import PATIENCE

ALICE = Actor("alice", "phone")


async def _failing() -> int:
    raise ValueError("nothing came of it")


async def test_what_comes_of_it_is_the_callers() -> None:
    assert await uncancelled(asyncio.sleep(0, "done")) == "done"
    with pytest.raises(ValueError, match="nothing came"):
        await uncancelled(_failing())


async def test_an_interrupted_run_is_gone_on_with_after_its_caller_went_away(
    engine: Engine, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = ChatService(engine, Policy("", 8, 64))
    await service.start()
    turn = await service.send(ALICE, Send("1", "问", model="scripted/crash"))
    async for _ in (await service.attach(ALICE, turn.run, 0, None)).events:
        pass
    reopening, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    reopen = store.reopen

    def slowly(run: str, device: str) -> Revision | None:
        loop.call_soon_threadsafe(reopening.set)
        go_on.wait(PATIENCE)
        return reopen(run, device)

    monkeypatch.setattr(store, "reopen", slowly)
    resuming = asyncio.create_task(service.resume(ALICE, turn.run))
    await reopening.wait()
    resuming.cancel()
    go_on.set()
    await asyncio.wait({resuming})
    await service.resume(ALICE, turn.run)
    async for _ in (await service.attach(ALICE, turn.run, 0, None)).events:
        pass
    assert await in_database(_status, turn.run) == ("completed", 2)
    await service.close()


def _status(run: str) -> tuple[str, int]:
    return Run.objects.values_list("status", "epoch").get(pk=run)
