"""Restarts a running server for a restored backup."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from chat.terminal.language import pick
from hosting.backup.pending import pending_folder

_POLL_SECONDS = 1.0

logger = logging.getLogger(__name__)


async def restart_for_backup(folder: Path, restart: Callable[[], None]) -> None:
    """Wait until a backup is pending, then call `restart` once and wait for the end."""
    # Another process creates the folder, and systems differ in how they report that.
    while not pending_folder(folder).is_dir():  # noqa: ASYNC110
        await asyncio.sleep(_POLL_SECONDS)
    logger.warning(
        "%s", pick("正在恢复备份，服务器将重新启动。", "Restoring a backup: the server restarts.")
    )
    restart()
    await asyncio.Event().wait()
