"""Runs that stream in this process, over a database of their own. Needs Django set up."""

from __future__ import annotations

import asyncio

from bench.commits import CommitCount
from chat.actor import Actor
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.store import in_database
from chat.wire.protocol import Send
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.engine import Engine


async def transactions(runs: int, seconds: float) -> float:
    """Transactions a second while so many runs stream."""
    backend = ScriptedBackend(SCENARIOS["endless"], slots=runs, context_tokens=1 << 40)
    service = ChatService(Engine([backend], runs), Policy("", runs, 4096))
    await service.start()
    for number in range(runs):
        await service.send(Actor("bench", "bench"), Send(str(number), "数"))
    count = CommitCount()
    await in_database(count.install)
    await asyncio.sleep(seconds)
    commits = count.commits
    await service.close()
    return commits / seconds
