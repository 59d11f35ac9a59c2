"""Disk and memory, watched while the server runs: one entry in the log when they get short."""

from __future__ import annotations

import asyncio
import logging

from chat.health.shortage import Shortage, shortage_sentence, shortages
from chat.terminal.language import prefers_chinese

_LOOK_SECONDS = 60.0
_pause = asyncio.sleep

logger = logging.getLogger(__name__)


async def watch_machine() -> None:
    """For as long as the server runs."""
    known: set[Shortage] = set()
    locale = "zh" if prefers_chinese() else "en"
    while True:
        found = set(await asyncio.to_thread(shortages))
        for shortage in sorted(found - known, key=lambda new: new.value):
            logger.warning("%s", shortage_sentence(shortage, locale))
        known = found
        await _pause(_LOOK_SECONDS)
