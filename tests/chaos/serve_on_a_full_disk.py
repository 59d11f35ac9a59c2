"""A server whose journal finds no space on the disk while a file `full` is in the data folder."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from unittest.mock import patch

from chat.runs.journal import segment
from tests.live.serve_without_page import serve

COMMAND = ("-m", "tests.chaos.serve_on_a_full_disk")
MARK = "full"
_write = segment._write


def write(descriptor: int, data: bytes) -> None:
    """As the module's own, unless the disk is full."""
    if (Path(os.environ["MYLLM_DATA_DIR"]) / MARK).exists():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    _write(descriptor, data)


if __name__ == "__main__":
    with patch.object(segment, "_write", write):
        serve()
