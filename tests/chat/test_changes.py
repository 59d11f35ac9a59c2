"""Changes reach the watchers of their owner, from any thread, the newest revision first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

from chat import changes
from chat.changes import Change, publish, watch


async def _watching(watcher: AsyncIterator[Change]) -> asyncio.Task[Change]:
    """A task that already waits for the next change."""
    waiting: asyncio.Task[Change] = asyncio.ensure_future(anext(watcher))
    await asyncio.sleep(0)
    return waiting


async def test_a_change_is_published_from_another_thread() -> None:
    async with aclosing(watch("alice")) as watcher:
        waiting = await _watching(watcher)
        await asyncio.to_thread(publish, "alice", "c", 3)
        assert await waiting == Change("c", 3)


async def test_only_the_owners_watchers_are_notified() -> None:
    async with (
        aclosing(watch("alice")) as phone,
        aclosing(watch("alice")) as tablet,
        aclosing(watch("bob")) as other_owner,
    ):
        waiting = [await _watching(watcher) for watcher in (phone, tablet)]
        foreign = await _watching(other_owner)
        publish("alice", "c", 1)
        assert await asyncio.gather(*waiting) == [Change("c", 1)] * 2
        publish("bob", "d", 7)
        assert await foreign == Change("d", 7)


async def test_a_slow_watcher_gets_the_newest_revision_once() -> None:
    async with aclosing(watch("alice")) as watcher:
        waiting = await _watching(watcher)
        for revision in (1, 3, 2):
            publish("alice", "c", revision)
        publish("alice", "d", 1)
        assert [await waiting, await anext(watcher)] == [Change("c", 3), Change("d", 1)]


async def test_a_watcher_that_went_is_forgotten() -> None:
    watcher = watch("alice")
    waiting = await _watching(watcher)
    waiting.cancel()
    await asyncio.wait({waiting})
    publish("alice", "c", 1)
    assert not changes._watchers
