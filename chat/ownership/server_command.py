"""The address of ASGI servers other than `serve`, read from their command line.

ASGI servers do not pass it to the application before the first request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chat.ownership.owner import served_at

_PORT = "8000"
_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Options:
    """A server's options: `bind` has host and port, `elsewhere` is a socket without a TCP port."""

    host: tuple[str, ...] = ()
    port: tuple[str, ...] = ()
    bind: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


SERVERS = {
    "uvicorn": Options(("--host",), ("--port",), elsewhere=("--uds", "--fd")),
    "daphne": Options(("-b", "--bind"), ("-p", "--port"), elsewhere=("-u", "-e", "--fd")),
    "hypercorn": Options(bind=("-b", "--bind")),
    "gunicorn": Options(bind=("-b", "--bind")),
}


def address_by_command(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """The URL on this computer; empty for other programs and servers without a TCP port."""
    path = Path(argv[0]) if argv else Path()
    name = path.parent.name if path.name == "__main__.py" else path.stem
    options = SERVERS.get(name)
    if options is None or _given(argv, options.elsewhere):
        return ""
    host, port = _bound(_given(argv, options.bind))
    prefix = name.upper()
    host = _given(argv, options.host) or host or environ.get(f"{prefix}_HOST") or _HOST
    port = _given(argv, options.port) or port or environ.get(f"{prefix}_PORT") or _PORT
    return served_at(host, port) if port.isdecimal() else ""


def _given(argv: Sequence[str], names: tuple[str, ...]) -> str:
    """The value of the last one of these options."""
    found = ""
    for at, word in enumerate(argv):
        option, equals, value = word.partition("=")
        if word in names:
            found = argv[at + 1] if at + 1 < len(argv) else ""
        elif equals and option in names:
            found = value
        elif _is_joined(word, names):
            found = word[2:]
    return found


def _is_joined(word: str, names: tuple[str, ...]) -> bool:
    """Whether it is a short option joined with its value, such as `-p8313`."""
    return word[1:2] != "-" and word[:2] in names and len(word) > 2


def _bound(value: str) -> tuple[str, str]:
    """Host and port of `HOST:PORT`; either may be missing."""
    host, colon, port = value.rpartition(":")
    return (host.strip("[]"), port) if colon else (value, "")
