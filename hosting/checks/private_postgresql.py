"""A PostgreSQL server for the length of one check: a folder and a socket of its own, no port."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal

_DEBIAN = Path("/usr/lib/postgresql")
_ACCOUNT = "postgres"
"""PostgreSQL refuses to run as root; Debian's package makes this account for it."""


def find_postgresql() -> Path | None:
    """The folder of its programs: the newest of Debian's, else where `initdb` is found."""
    newest = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]))
    found = newest[-1] if newest else shutil.which("initdb")
    return None if found is None else Path(found).parent


@contextmanager
def private_postgresql(programs: Path) -> Iterator[str]:
    """A running server's `DATABASE_URL`; it and its folder are gone afterwards.

    Refusal with the program's own words if it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="myllm-pg-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        if _is_root():
            shutil.chown(folder, _ACCOUNT)
        _call(
            programs / "initdb", "-D", folder / "data", "-A", "trust", "-E", "UTF8", "--no-locale"
        )
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        control = (programs / "pg_ctl", "-D", folder / "data", "-w")
        _call(*control, "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://{_user()}@/postgres?host={folder}"
        finally:
            _call(*control, "-m", "immediate", "stop")


def _call(*command: str | Path) -> None:
    """No pipe: the server inherits it, and it would never end."""
    with tempfile.TemporaryFile("w+") as said:
        ended = subprocess.run(  # noqa: S603
            [str(part) for part in command],
            user=_ACCOUNT if _is_root() else None,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            check=False,
        )
        said.seek(0)
        if ended.returncode:
            reason = said.read()
            raise Refusal(
                pick(f"PostgreSQL 没有启动：{reason}", f"PostgreSQL does not start: {reason}")
            )


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _user() -> str:
    """initdb names the first role after the account it runs as."""
    return _ACCOUNT if _is_root() else getpass.getuser()
