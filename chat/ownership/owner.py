"""The process that owns a data folder, as its lock file describes it for people."""

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
    """Process `pid` is the one to be stopped; `server` does the work where a guard watches it, and
    is 0 otherwise. `since` is local time. `address` is empty where the process does not know it.
    Where it serves https, that is at `https_port`, which is 0 otherwise.
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
        """Whether its process ids are those of this computer; a container counts as another."""
        return self.host == platform.node()

    def encoded(self) -> bytes:
        return f"{json.dumps(asdict(self))}\n".encode()


def decoded(record: bytes) -> Owner | None:
    """None of what is no whole record: it may be being written."""
    try:
        values = {"https_port": 0} | json.loads(record)  # not there before version 0.4
        return Owner(**{one.name: _checked(values[one.name], one.type) for one in fields(Owner)})
    except (ValueError, KeyError, TypeError):
        return None


def command_line(arguments: list[str]) -> str:
    """For one line of a terminal."""
    name, *options = arguments or [""]
    line = " ".join([_program(Path(name)), *options])
    return " ".join(line.split())[:_COMMAND_LENGTH]


def served_at(host: str, port: int | str) -> str:
    """The URL by which this computer reaches a server that listens there. Its host is `localhost`
    for a server of every address, and for no other.
    """
    name = "localhost" if host in _ANY_ADDRESS else _LOOPBACK if host == "localhost" else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def listened_on(address: str) -> tuple[str, int | None]:
    """Host and port of the server that `served_at` is the URL of."""
    found = urlsplit(address)
    host = found.hostname or ""
    return "0.0.0.0" if host == "localhost" else host, found.port  # noqa: S104 - as it was started


def _program(path: Path) -> str:
    """`python -m uvicorn` runs a file called `__main__.py`."""
    return path.parent.name if path.name == "__main__.py" else path.name


def _checked(value: Any, kind: Any) -> Any:
    if type(value).__name__ != kind:
        raise TypeError(kind)
    return " ".join(value.split()) if isinstance(value, str) else value
