"""Publishes changes of conversations to watchers in this process, by owner.

A slow watcher gets only the newest revision of a conversation that changed several times, as that
is what it will fetch.
"""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Change:
    """A conversation and its newest known revision."""

    conversation: str
    revision: int


@dataclass(eq=False, slots=True)
class _Watcher:
    """The pending changes of one watcher; used only from its event loop."""

    loop: asyncio.AbstractEventLoop
    pending: dict[str, int] = field(default_factory=dict)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, conversation: str, revision: int) -> None:
        self.pending[conversation] = max(revision, self.pending.get(conversation, 0))
        self.arrived.set()

    def take(self) -> list[Change]:
        self.arrived.clear()
        taken, self.pending = self.pending, {}
        return [Change(conversation, revision) for conversation, revision in taken.items()]


_lock = threading.Lock()
_watchers: defaultdict[str, set[_Watcher]] = defaultdict(set)


def publish(owner: str, conversation: str, revision: int) -> None:
    """Notify all watchers of `owner`. Call it after the commit, from any thread."""
    with _lock:
        watchers = tuple(_watchers.get(owner, ()))
    for watcher in watchers:
        try:
            watcher.loop.call_soon_threadsafe(watcher.add, conversation, revision)
        except RuntimeError:
            continue  # its event loop is closed


async def watch(owner: str) -> AsyncGenerator[Change, None]:
    """Every change of the owner's conversations from the first `anext` on, without end."""
    watcher = _Watcher(asyncio.get_running_loop())
    with _lock:
        _watchers[owner].add(watcher)
    try:
        while True:
            await watcher.arrived.wait()
            for change in watcher.take():
                yield change
    finally:
        _forget(owner, watcher)


def _forget(owner: str, watcher: _Watcher) -> None:
    with _lock:
        _watchers[owner].discard(watcher)
        if not _watchers[owner]:
            del _watchers[owner]
