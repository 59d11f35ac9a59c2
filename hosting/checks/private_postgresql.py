"""A PostgreSQL server for one check, with a folder and a socket of its own and no port."""

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
    """The folder of its programs: the newest of Debian's, else that of `initdb` on the path."""
    newest = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]))
    found = newest[-1] if newest else shutil.which("initdb")
    return None if found is None else Path(found).parent


@contextmanager
def private_postgresql(programs: Path) -> Iterator[str]:
    """A running server's `DATABASE_URL`; server and folder are removed afterwards.

    Raises `Refusal` with the program's output if it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="myllm-pg-", ignore_cleanup_errors=True) as created:
        folder = Path(created)
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
    """Without a pipe: the server would inherit it, so that reading it would never end."""
    with tempfile.TemporaryFile("w+") as output:
        ended = subprocess.run(  # noqa: S603
            [str(part) for part in command],
            user=_ACCOUNT if _is_root() else None,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
        output.seek(0)
        if ended.returncode:
            reason = output.read()
            raise Refusal(
                pick(f"PostgreSQL 没有启动：{reason}", f"PostgreSQL does not start: {reason}")
            )


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _user() -> str:
    """`initdb` names the first role after the account that runs it."""
    return _ACCOUNT if _is_root() else getpass.getuser()
