"""How many connections this process may hold: each is an open file."""

from __future__ import annotations

import os

_WANTED = 65_536


def allow_many() -> None:
    """Raise the limit as far as that is ours: 256 on macOS and 1024 on Linux are soon used up.
    Windows has none.
    """
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415 – not there on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _WANTED if hard == resource.RLIM_INFINITY else min(hard, _WANTED)
    if soft == resource.RLIM_INFINITY or soft >= most:
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):
        return  # macOS has a second limit that it does not tell; what there is has to do
