"""Watches disk and memory while the server runs: one log entry when they get short."""

from __future__ import annotations

import asyncio
import logging

from chat.health.shortage import Shortage, shortage_sentence, shortages
from chat.terminal.language import prefers_chinese

_POLL_SECONDS = 60.0
_pause = asyncio.sleep

logger = logging.getLogger(__name__)


async def watch_machine() -> None:
    """Runs as long as the server."""
    known: set[Shortage] = set()
    locale = "zh" if prefers_chinese() else "en"
    while True:
        found = set(await asyncio.to_thread(shortages))
        for shortage in sorted(found - known, key=lambda new: new.value):
            logger.warning("%s", shortage_sentence(shortage, locale))
        known = found
        await _pause(_POLL_SECONDS)
