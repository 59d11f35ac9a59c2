"""A real server in its own process: `manage.py serve` on loopback, always ended."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from chat.conf import ChatSettings
from chat.conf.declaration import declarations
from hosting.conf import HostingSettings
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
SERVE = ("-m", "tests.live.serve_without_page")

_LIMITS = {
    declared.key
    for settings in (ChatSettings, HostingSettings)
    for declared in declarations(settings)
    if declared.is_limit
}
_START_SECONDS = 120
_END_SECONDS = PATIENCE
_POLL_SECONDS = 0.02
"""Nothing tells that a port is open but trying it."""


class LiveServer:
    """A server with `folder` as its data folder; `settings` are its `MYLLM_…` variables, or limits
    in `MYLLM_LIMITS`, `checkout` the copy of the project that it runs.

    Entered it answers HTTP; left it has ended. `start` after `stop` is a restart: same folder, same
    port.
    """

    def __init__(
        self,
        folder: Path,
        command: Sequence[str] = SERVE,
        checkout: Path = ROOT,
        /,
        **settings: str | int | Path,
    ) -> None:
        self.folder = folder
        self._checkout = checkout
        self.port = free_port()
        self._command = [sys.executable, *command]
        self._environment = _environment(self.port, folder, checkout, settings)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/chat/"

    @property
    def pid(self) -> int:
        return self._running().pid

    @property
    def log(self) -> str:
        """Its output so far."""
        return (self.folder / "server.log").read_text(errors="replace")

    def get(self, path: str) -> Any:
        """The response to a GET, as JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return json.load(connection.getresponse())
        finally:
            connection.close()

    def start(self) -> None:
        """Returns once it answers HTTP."""
        self.spawn()
        try:
            self.wait_until_it_answers()
        except BaseException:
            self.kill()
            raise

    def spawn(self) -> None:
        """Begin to start, without waiting."""
        write_page(self.folder / "page")
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._checkout,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not _answers(self.port):
            if not self.alive() or time.monotonic() > deadline:
                raise AssertionError(f"the server did not start:\n{self.log}")
            time.sleep(_POLL_SECONDS)

    def wait_until_printed(self, words: str) -> None:
        """For servers that do not answer plain HTTP on this port."""
        deadline = time.monotonic() + _START_SECONDS
        while words not in self.log:
            if not self.alive() or time.monotonic() > deadline:
                raise AssertionError(f"the server did not print {words}:\n{self.log}")
            time.sleep(_POLL_SECONDS)

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self, with_signal: signal.Signals) -> float:
        """Send the signal; returns the seconds until the process has ended."""
        process = self._running()
        began = time.monotonic()
        process.send_signal(with_signal)
        process.wait(_END_SECONDS)
        return time.monotonic() - began

    def wait(self) -> int:
        """The exit code, once it has ended by itself."""
        return self._running().wait(_END_SECONDS)

    @property
    def exit_code(self) -> int | None:
        return None if self._process is None else self._process.poll()

    def kill(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "the server was not started"
        return self._process


def _environment(
    port: int, folder: Path, checkout: Path, settings: dict[str, str | int | Path]
) -> dict[str, str]:
    """The machine's variables without its own settings of this product."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MYLLM_", "DJANGO_", "PYTEST_"))
    }
    own = {"DATA_DIR": folder, "PAGE_DIR": folder / "page", "HOST": "127.0.0.1", "PORT": port}
    # No test announces its name in the network. Without a guard the process is
    # the server itself: what is sent to it, and measured of it, is the server's.
    usual = {"OPEN": 1, "MDNS_NAME": "", "MESSAGES_PER_DEVICE": 0, "RESPAWNS": 0}
    wanted = {**own, **usual, **settings}
    # An older checkout has variables for all of them.
    names = _LIMITS & wanted.keys() if checkout == ROOT else ()
    limits = ",".join(f"{name.lower()}={wanted.pop(name)}" for name in names)
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "MyLLM.settings",
        "MYLLM_LIMITS": limits,
        **{f"MYLLM_{name}": str(value) for name, value in wanted.items()},
    }


def write_page(page: Path) -> None:
    """A page that need not be built."""
    page.mkdir(parents=True, exist_ok=True)
    (page / "index.html").write_text("<!doctype html><title>MyLLM</title>")


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
