"""A server that native code ended is restarted, and no other is."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from inference.backends.scenarios import LONG_MARKDOWN
from tests.live.chat_socket import chat_socket, text_of
from tests.live.live_server import ROOT, SERVE, LiveServer, write_page

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")

STARTED_ANEW = (
    "-c",
    "from MyLLM.guard import child; child.FORKS = False\n"
    "from tests.live.serve_without_page import serve; serve()",
)
"""As on systems where the server cannot be forked."""
GOING_AWAY_TO_RESTART = 1012
ALLOWED_SECONDS = 20.0
"""It takes one to three; a server that waits for its readers never ends."""


class AtTerminal(LiveServer):
    """In the foreground of a terminal that stops processes which write from the background."""

    def spawn(self) -> None:
        write_page(self.folder / "page")
        self._screen, terminal = pty.openpty()
        modes = termios.tcgetattr(terminal)
        modes[3] |= termios.TOSTOP
        termios.tcsetattr(terminal, termios.TCSANOW, modes)
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environment,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )
        os.close(terminal)

    def press(self, keys: bytes) -> None:
        os.write(self._screen, keys)

    def screen(self) -> str:
        """Once all writers have ended; the text fits into the terminal's buffer."""
        read = os.read(self._screen, 65536)
        os.close(self._screen)
        return read.decode()


def guarded(folder: Path, command: tuple[str, ...] = SERVE, **settings: str | int) -> LiveServer:
    return LiveServer(folder, command, **{"RESPAWNS": 5, "MODELS": "scripted/markdown", **settings})


def inner(server: LiveServer) -> psutil.Process:
    """The server's own process, a child of the guard that was started."""
    (found,) = psutil.Process(server.pid).children()
    return found


@pytest.mark.parametrize("command", [SERVE, STARTED_ANEW], ids=["forked", "started"])
async def test_an_answer_continues_by_itself_after_a_crash(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    with guarded(tmp_path, command) as server:
        crashed = inner(server)
        async with chat_socket(server.url) as socket:
            run = (await socket.ask("写"))["run"]
            read = await socket.receive_until("stream")
            crashed.send_signal(signal.SIGSEGV)
            await socket.closed_with()
        await asyncio.to_thread(server.wait_until_it_answers)
        async with chat_socket(server.url) as socket:
            await socket.tell("attach", run=run, after=read[-1]["seq"], epoch=1)
            rest = await socket.receive_until("end")
        assert text_of(read + rest) == LONG_MARKDOWN
        assert rest[-1]["status"] == "completed"
        assert inner(server).pid != crashed.pid
        assert server.log.count("SIGSEGV") == 1


@pytest.mark.parametrize("command", [SERVE, STARTED_ANEW], ids=["forked", "started"])
def test_a_server_without_its_guard_is_gone_at_once(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    with guarded(tmp_path, command) as server:
        left = inner(server)
        server.kill()
        wait_until_gone(left)
        server.start()
        assert inner(server).pid != left.pid


def test_one_that_crashes_too_often_is_given_up_with_a_sentence(tmp_path: Path) -> None:
    with guarded(tmp_path, RESPAWNS=1) as server:
        crash(inner(server), signal.SIGABRT)
        server.wait_until_it_answers()
        crash(inner(server), signal.SIGKILL)
        assert server.wait() == 1
        assert "SIGABRT" in server.log
        assert re.search(r"10 (分钟内崩溃了 2 次|minutes).*SIGKILL", server.log)


async def test_from_the_third_crash_on_answers_wait_to_be_continued(tmp_path: Path) -> None:
    with guarded(tmp_path, MODELS="scripted/endless") as server:
        async with chat_socket(server.url) as socket:
            run = (await socket.ask("数"))["run"]
            await socket.receive_next("stream")
        statuses = []
        for _ in range(3):
            crash(inner(server), signal.SIGSEGV)
            await asyncio.to_thread(server.wait_until_it_answers)
            statuses.append(server.get(f"/api/v1/runs/{run}")["status"])
        assert statuses == ["running", "running", "interrupted"]


@pytest.fixture
def hung_up_on() -> Iterator[None]:
    """Tests run by `nohup` would start servers that ignore SIGHUP."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("hung_up_on")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_who_stops_the_guard_stops_the_server_once(
    tmp_path: Path, sent: signal.Signals
) -> None:
    with guarded(tmp_path) as server:
        left = inner(server)
        async with chat_socket(server.url) as socket:
            await socket.ask("写")
            await socket.receive_next("stream")
            seconds = await asyncio.to_thread(server.stop, sent)
            assert await socket.closed_with() == GOING_AWAY_TO_RESTART
        assert seconds < ALLOWED_SECONDS
        assert server.exit_code == 0
        assert not left.is_running()
        assert not re.search("Traceback|SIG", server.log)


def test_systemd_stops_both(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        inner(server).terminate()
        assert server.stop(signal.SIGTERM) < ALLOWED_SECONDS
        assert server.exit_code == 0


def test_control_c_in_the_terminal_has_one_effect(tmp_path: Path) -> None:
    with AtTerminal(tmp_path, RESPAWNS=5, MODELS="scripted") as server:
        assert os.getpgid(inner(server).pid) != server.pid
        server.press(b"\x03")
        assert server.wait() == 0
        screen = server.screen()
    assert "Ctrl-C" in screen
    assert "Traceback" not in screen


def test_a_stop_while_it_waits_to_begin_again_is_a_stop(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        crash(inner(server), signal.SIGILL)
        server.wait_until_printed("SIGILL")
        assert server.stop(signal.SIGTERM) < ALLOWED_SECONDS
        assert server.exit_code == 0


def test_without_a_guard_there_is_one_process(tmp_path: Path) -> None:
    with guarded(tmp_path, RESPAWNS=0) as server:
        assert psutil.Process(server.pid).children() == []


def crash(process: psutil.Process, by: signal.Signals) -> None:
    process.send_signal(by)
    wait_until_gone(process)


def wait_until_gone(process: psutil.Process) -> None:
    """The parent of an orphan may take a while to reap it."""
    deadline = time.monotonic() + ALLOWED_SECONDS
    with suppress(psutil.NoSuchProcess):
        while process.status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < deadline, "it lives on"
            time.sleep(0.01)
