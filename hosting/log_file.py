"""The server's log, kept in files of limited size."""

from __future__ import annotations

import logging
import os
import platform
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import cast

from chat.log_format import OneEntry
from chat.terminal.unwritable import explain
from chat.version import VERSION

NAME = "myllm.log"
_ENTRY = "{asctime} {levelname} {name} {message}"


class PrivateLog(RotatingFileHandler):
    """Readable by its owner alone. If the disk is full the entry is lost here, and remains in the
    terminal.
    """

    def _open(self) -> TextIOWrapper:
        opened = open(  # noqa: SIM115 - the handler closes it; a Path takes no opener
            self.baseFilename,
            self.mode,
            encoding=self.encoding,
            errors=self.errors,
            opener=lambda path, flags: os.open(path, flags, 0o600),
        )
        return cast(TextIOWrapper, opened)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        pass


def keep_log(folder: Path, megabytes: int, files: int) -> logging.Handler | None:
    """Write all further entries of this process to `folder`, in `files` files of `megabytes` each.
    Returns None if `megabytes` is 0 or the folder cannot be written to.
    """
    if not megabytes:
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = PrivateLog(
            folder / NAME,
            maxBytes=megabytes * 1_000_000,
            backupCount=files - 1,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError as error:
        logging.getLogger(__name__).warning("no log can be kept: %s", explain(error, folder))
        return None
    handler.setFormatter(OneEntry(_ENTRY, style="{"))
    logging.getLogger().addHandler(handler)
    handler.handle(_beginning())
    return handler


def _beginning() -> logging.LogRecord:
    """For the file alone; the terminal shows a banner instead."""
    text = f"MyLLM {VERSION} starts, Python {platform.python_version()}, {platform.platform()}"
    attributes = {"name": __name__, "levelno": logging.INFO, "levelname": "INFO", "msg": text}
    return logging.makeLogRecord(attributes)
