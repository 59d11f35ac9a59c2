"""Starts the program of llama.cpp, with a private socket to it."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from hmac import compare_digest
from pathlib import Path

IS_INHERITED = os.name == "posix"
_FILE = Path(__file__).with_name("child.py")
_CONNECT_SECONDS = 60.0
_KEY_SECONDS = 5.0
_BARRIER_SPINS = "1000"
"""Spins of a decode thread at a barrier before it sleeps. OpenMP's default of 300,000 occupies the
core that the awaited thread may need: on a busy machine decoding fell from 90 to 1 token a second,
with this value to 12; on an idle one it costs nothing (bench/neighbours.py).
"""
_NEEDED = frozenset(
    [
        *("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "LANGUAGE"),
        *("SYSTEMROOT", "WINDIR", "USERPROFILE", "LOCALAPPDATA"),
    ]
)
_NEEDED_PREFIXES = (
    *("LC_", "LD_", "DYLD_", "PYTHON", "OMP_", "GOMP_", "KMP_", "GGML_"),
    *("CUDA", "NVIDIA_", "HIP_", "HSA_", "ROC", "VK_", "MESA_", "ONEAPI_", "SYCL_", "MTL_"),
)
"""Environment variables that find programs and libraries, and configure CPUs and GPUs."""


Program = tuple[subprocess.Popen[bytes], socket.socket]


def started(is_inherited: bool) -> Program:
    """The program, whose output is a pipe, and the server's end of the socket.

    `is_inherited` hands the other end over; else the program connects to a loopback port, and
    shows a key that it alone was given. Raises `OSError`.
    """
    return _with_inherited_socket() if is_inherited else _with_loopback_port()


def _with_inherited_socket() -> Program:
    ours, its = socket.socketpair()
    with its:
        try:
            return _popen("inherited", its.fileno()), ours
        except OSError:
            ours.close()
            raise


def _with_loopback_port() -> Program:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        child = _popen("loopback", subprocess.PIPE)
        key = secrets.token_hex(32)
        listener.settimeout(_CONNECT_SECONDS)
        assert child.stdin is not None  # noqa: S101
        try:
            with child.stdin as given:
                given.write(f"{listener.getsockname()[1]} {key}\n".encode())
            return child, _accepted(listener, key.encode())
        except OSError:
            _end(child)
            raise


def _end(child: subprocess.Popen[bytes]) -> None:
    assert child.stdout is not None  # noqa: S101
    child.kill()
    child.stdout.close()
    child.wait()


def _accepted(listener: socket.socket, key: bytes) -> socket.socket:
    """The first connection that shows the key."""
    while True:
        connection, _ = listener.accept()
        connection.settimeout(_KEY_SECONDS)
        with suppress(OSError), connection.makefile("rb") as shown:
            if compare_digest(shown.read(len(key)), key):
                return connection
        connection.close()


def _popen(how: str, stdin: int) -> subprocess.Popen[bytes]:
    """In a process group of its own: the terminal's Ctrl-C is for the server only."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", str(_FILE), how],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=_environment(os.environ),
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def _environment(of: Mapping[str, str]) -> dict[str, str]:
    """Its environment, without the server's secrets, and with the import path of this process."""
    needed = {
        name: value
        for name, value in of.items()
        if name.upper() in _NEEDED or name.upper().startswith(_NEEDED_PREFIXES)
    }
    paths = os.pathsep.join(filter(None, sys.path))
    return {"GOMP_SPINCOUNT": _BARRIER_SPINS, **needed, "PYTHONPATH": paths}
