"""Whether a data folder had a database before. A first start that failed leaves keys, a log and
models as well, so none of these proves it.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress

from chat.ownership.private import create_private
from chat.version import VERSION
from hosting.database.files import DatabaseFiles
from hosting.database.replay import has_frames, is_blank

_ENTRY = re.compile(r"^\S+ \S+ [A-Z]+ (?P<logger>[\w.]+) ", re.MULTILINE)
_START_LOGGER = "hosting.log_file"
"""The logger of the one line that a start writes before it has a database."""
_READ_BYTES = 1_000_000


def was_used(files: DatabaseFiles) -> bool:
    """Judged by the marker, or by files that only a server with a database leaves behind."""
    return (
        files.marker.exists()
        # An interrupted first start leaves a journal too, but beside a main file.
        or (has_frames(files.journal) and is_blank(files.main))
        or (files.folder / "tls" / "authority.crt").exists()
        or _has_logged(files)
    )


def remember(files: DatabaseFiles) -> None:
    """Record that the database was created. A full disk does not prevent the start."""
    if not files.marker.exists():
        with suppress(OSError):
            create_private(files.marker)
            files.marker.write_text(f"MyLLM {VERSION} {time.strftime('%Y-%m-%d %H:%M:%S')}\n")


def _has_logged(files: DatabaseFiles) -> bool:
    """Whether a log was full and replaced, or has an entry of a running server."""
    logs = files.folder / "logs"
    if any(logs.glob("myllm.log.*")):
        return True
    try:
        with (logs / "myllm.log").open(encoding="utf-8", errors="replace") as log:
            entries = _ENTRY.finditer(log.read(_READ_BYTES))
    except OSError:
        return False
    return any(entry["logger"] != _START_LOGGER for entry in entries)
