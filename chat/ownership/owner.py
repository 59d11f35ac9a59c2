"""The process that owns a data folder, as described in its lock file."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_COMMAND_LENGTH = 160
_ANY_ADDRESS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - compared, not bound
_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Owner:
    """`pid` is the process to stop; `server` is the serving process if `pid` is its guard, else 0.
    `since` is in local time. `address` is a URL, empty if unknown. `https_port` is 0 without https.
    """

    pid: int = field(default_factory=os.getpid)
    server: int = 0
    parent: int = field(default_factory=os.getppid)
    host: str = field(default_factory=platform.node)
    since: str = field(default_factory=lambda: time.strftime("%Y-%m-%d %H:%M:%S"))
    address: str = ""
    command: str = field(default_factory=lambda: command_line(sys.argv))
    is_stopping: bool = False
    https_port: int = 0

    @property
    def is_here(self) -> bool:
        """Whether it runs on this computer. A container counts as another computer."""
        return self.host == platform.node()

    def encoded(self) -> bytes:
        return f"{json.dumps(asdict(self))}\n".encode()


def decoded(record: bytes) -> Owner | None:
    """The owner; None if the record is incomplete, as while it is written."""
    try:
        values = {"https_port": 0} | json.loads(record)  # missing before version 0.4
        return Owner(**{one.name: _checked(values[one.name], one.type) for one in fields(Owner)})
    except (ValueError, KeyError, TypeError):
        return None


def command_line(arguments: list[str]) -> str:
    """The command as one line for the terminal."""
    name, *options = arguments or [""]
    line = " ".join([_program(Path(name)), *options])
    return " ".join(line.split())[:_COMMAND_LENGTH]


def served_at(host: str, port: int | str) -> str:
    """The URL of a server that listens there, on this computer. Its host is `localhost` only if the
    server listens on every address.
    """
    name = "localhost" if host in _ANY_ADDRESS else _LOOPBACK if host == "localhost" else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def listened_on(address: str) -> tuple[str, int | None]:
    """The host and port that `served_at` made the URL from."""
    found = urlsplit(address)
    host = found.hostname or ""
    return "0.0.0.0" if host == "localhost" else host, found.port  # noqa: S104 - not bound here


def _program(path: Path) -> str:
    """`python -m uvicorn` runs a file called `__main__.py`."""
    return path.parent.name if path.name == "__main__.py" else path.name


def _checked(value: Any, kind: Any) -> Any:
    if type(value).__name__ != kind:
        raise TypeError(kind)
    return " ".join(value.split()) if isinstance(value, str) else value
