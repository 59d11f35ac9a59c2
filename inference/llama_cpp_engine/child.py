"""The child process: llama.cpp with one model, for the server process that started it.

`process.py` starts this file as a script, so it imports the standard library and xllamacpp alone.
The protocol is JSON over one socket, one value per line. Received: the parameters of llama.cpp,
then `[number, request]` for a completion to begin and `[number, null]` for one to stop. Sent:
`["ready", address]` or what went wrong and its text; then `[number, item]` for each item of a
completion, and once `[number, null, code, text]`, the code null unless it failed.

This process ends when the socket does: its server is gone then.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

_TOLD = ("choices", "usage", "timings", "prompt_progress", "error")
"""Of an item's fields; the rest says the same in each."""
_SET_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG, see prctl(2)."""


class Link:
    """This end of the socket. `send` may be called from any thread."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._lines = connection.makefile("rb")
        self._sending = threading.Lock()

    def receive(self) -> Any:
        """The next value. At the end of the socket this process ends."""
        line = self._lines.readline()
        if not line:
            os._exit(0)  # a normal exit would wait for llama.cpp's threads
        return json.loads(line)

    def send(self, *values: Any) -> None:
        line = json.dumps(values, separators=(",", ":")).encode() + b"\n"
        with self._sending:
            self._connection.sendall(line)


class Completions:
    """The completions under way, each in a thread."""

    def __init__(self, server: Any, link: Link) -> None:
        self._server = server
        self._link = link
        self._wanted: set[int] = set()

    def take(self, number: int, request: dict[str, Any] | None) -> None:
        """Begin one, or let llama.cpp end it at its next item."""
        if request is None:
            self._wanted.discard(number)
            return
        self._wanted.add(number)
        threading.Thread(target=self._run, args=(number, request), daemon=True).start()

    def _run(self, number: int, request: dict[str, Any]) -> None:
        code = text = None
        try:
            self._server.handle_completions(request, lambda item: self._tell(number, item))
        except ValueError as error:
            code, text = "invalid_request", str(error)
        except Exception as error:  # noqa: BLE001 - llama.cpp's: it becomes a failed run
            code, text = "backend_failed", repr(error)
        self._wanted.discard(number)
        self._link.send(number, None, code, text)

    def _tell(self, number: int, item: dict[str, Any]) -> bool:
        self._link.send(number, {name: item[name] for name in _TOLD if name in item})
        return number not in self._wanted


def load(parameters: Mapping[str, Any]) -> Any:
    """xllamacpp's server with these of its `CommonParams`, named with dots. Raises `ImportError`,
    `MemoryError`, `RuntimeError` or `ValueError`.
    """
    import xllamacpp  # noqa: PLC0415 - a server without it imports this module

    wanted = xllamacpp.CommonParams()
    for name, value in parameters.items():
        *path, last = name.split(".")
        owner = wanted
        for part in path:
            owner = getattr(owner, part)
        setattr(owner, last, value)
    server = xllamacpp.Server(wanted)
    # Waits until its loop runs. Freed before that, the loop would start after its end:
    # the thread that frees it waits for ever then, holding the interpreter lock.
    server.handle_metrics()
    return server


def main() -> NoReturn:
    """`child.py inherited|loopback`."""
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)  # the server decides when this ends
    if sys.platform == "linux":
        _end_with_the_server()
    link = Link(_connection(sys.argv[1]))
    # While the server still reads the file; `load` reports what fails here.
    with suppress(ImportError):
        import xllamacpp  # noqa: F401, PLC0415
    completions = Completions(_loaded(link), link)
    while True:
        completions.take(*link.receive())


def _loaded(link: Link) -> Any:
    parameters = link.receive()
    try:
        server = load(parameters)
    except (ImportError, MemoryError, RuntimeError, ValueError) as error:
        link.send(type(error).__name__, str(error))
        sys.exit(1)  # llama.cpp writes the rest of its log while it ends
    link.send("ready", server.listening_address)
    return server


def _connection(how: str) -> socket.socket:
    """The socket that is standard input, or a connection to a port with a key to be shown, both of
    which standard input names.
    """
    if how == "inherited":
        return socket.socket(fileno=os.dup(0))
    port, key = sys.stdin.readline().split()
    connection = socket.create_connection(("127.0.0.1", int(port)))
    connection.sendall(key.encode())
    return connection


def _end_with_the_server() -> None:
    """End with the parent, also while a model loads: xllamacpp then holds the interpreter lock, so
    that the end of the socket would not be noticed. When memory runs out, the kernel kills this
    process first.
    """
    import ctypes  # noqa: PLC0415 - Linux alone needs it

    ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")


if __name__ == "__main__":
    main()
