"""The server's start and end by ASGI's lifespan protocol."""

from __future__ import annotations

import asyncio
from typing import Any

from chat.actor import Actor
from chat.lifespan import lifespan
from chat.models import Run
from chat.service import ChatService
from chat.store import in_database
from chat.wire.protocol import Send


async def test_the_end_waits_until_running_answers_are_saved(served: ChatService) -> None:
    received: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    answered: asyncio.Queue[Any] = asyncio.Queue()
    server = asyncio.create_task(lifespan({"type": "lifespan"}, received.get, answered.put))
    await received.put({"type": "lifespan.startup"})
    assert await answered.get() == {"type": "lifespan.startup.complete"}
    frame = Send("x", "数", model="scripted/endless")
    turn = await served.send(Actor("alice", "phone"), frame)
    reading = await served.attach(Actor("alice", "phone"), turn.run, 0, None)
    for _ in range(3):
        await anext(reading.events)
    await received.put({"type": "lifespan.shutdown"})
    assert await answered.get() == {"type": "lifespan.shutdown.complete"}
    await server
    kept = await in_database(Run.objects.select_related("message").get, pk=turn.run)
    assert kept.status == "running"  # and so goes on at the next start
    assert kept.message.content
