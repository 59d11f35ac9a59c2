"""How many connections this process may have: each is an open file."""

from __future__ import annotations

import os

_WANTED = 65_536


def allow_many() -> None:
    """Raise the limit as far as this user may: 256 on macOS and 1024 on Linux are soon reached.
    Windows has none.
    """
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415 - does not exist on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _WANTED if hard == resource.RLIM_INFINITY else min(hard, _WANTED)
    if soft == resource.RLIM_INFINITY or soft >= most:
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):
        return  # macOS has a second limit that it does not report; the old one stays
