"""Many requests with random stops leave llama.cpp's process as it was."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from inference.backends.model_file import OwnedFile
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.llama_cpp_engine.server import LlamaServer
from inference.llama_cpp_engine.size import SizeSettings
from inference.types import ModelCard, SamplingOptions
from tests.inference.backends.contract import ignore, request
from tests.patience import PATIENCE

pytestmark = pytest.mark.model

SLOTS = 4
WARM_UP = 20
REQUESTS = 100
GROWTH = 16_000_000
WANTED = SizeSettings(SLOTS, kv_tokens=2048, threads=2, prompt_cache_mib=8)


@pytest_asyncio.fixture
async def backend(builtin_file: Path) -> AsyncIterator[LlamaCppBackend]:
    card = ModelCard("m", "M", "llama_cpp", slots=SLOTS)
    made = LlamaCppBackend(card, OwnedFile(builtin_file), WANTED, SamplingOptions(temperature=0.0))
    await made.load(ignore)
    yield made
    await made.close()


async def _ask(backend: LlamaCppBackend, requests: int, seed: int) -> int:
    """How many of the requests were stopped before their end; as many as there are slots run at
    once.
    """
    chance = random.Random(seed)

    async def ask() -> int:
        return sum([await _is_stopped(backend, chance) for _ in range(requests // SLOTS)])

    return sum(await asyncio.gather(*[ask() for _ in range(SLOTS)]))


async def _is_stopped(backend: LlamaCppBackend, chance: random.Random) -> bool:
    words = " ".join(chance.choices(["fox", "river", "why", "中文", "1"], k=chance.randint(1, 30)))
    left = chance.choice([0, 1, 2, 5, -1])
    async with aclosing(backend.generate(request(words, max_new_tokens=8))) as events:
        if left == 0:
            await _leave(asyncio.ensure_future(anext(events)))
            return True
        async for _ in events:
            left -= 1
            if left == 0:
                return True
    return False


async def _leave(reading: asyncio.Future[object]) -> None:
    """Cancelled before its first word."""
    await asyncio.sleep(0)
    reading.cancel()
    await asyncio.wait({reading})


def _busy_slots(server: LlamaServer) -> list[int]:
    listener = server._writer._listener
    connection = listener._connection()
    connection.request("GET", "/slots", headers=listener._headers())
    slots = json.loads(connection.getresponse().read())
    connection.close()
    assert len(slots) == SLOTS
    return [slot["id"] for slot in slots if slot["is_processing"]]


async def test_a_hundred_requests_leave_no_thread_slot_or_memory(backend: LlamaCppBackend) -> None:
    server = backend._server
    assert server is not None
    child = psutil.Process(server.process.pid)
    await _ask(backend, WARM_UP, seed=0)
    threads, memory = child.num_threads(), child.memory_info().rss
    assert 0 < await _ask(backend, REQUESTS, seed=1) < REQUESTS
    async with asyncio.timeout(PATIENCE):  # llama.cpp frees a slot a moment after its last item
        while await asyncio.to_thread(_busy_slots, server):
            continue
    assert child.num_threads() <= threads
    assert child.memory_info().rss < memory + GROWTH
