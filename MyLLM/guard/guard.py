"""Waits for a server, and starts another one after a crash."""

from __future__ import annotations

import os
import signal
import sys
import time

from chat.ownership.restart import RESTART
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from MyLLM.guard import child
from MyLLM.guard.ending import cause, exit_as, is_crash
from MyLLM.guard.respawns import Respawns
from MyLLM.guard.signals import Signals, pass_on

CRASHES = "MYLLM_CRASHES"
_POLL_SECONDS = 0.1
"""On some systems a signal does not interrupt a sleep."""


class Guard:
    """Guards one server at a time."""

    def __init__(self, respawns: Respawns) -> None:
        self._respawns = respawns
        self._signals = Signals(self._stop)
        self._server_end, self._guard_end = os.pipe()
        self._child: child.Child | None = None
        self._is_stopped = False

    def keep(self) -> None:
        """Returns in a forked server, never in the guard itself.

        Raises `Refusal` if it crashed too often.
        """
        self._signals.listen()
        while self._start():
            code = self._ended()
            if code != RESTART:
                self._pause(code)

    def _start(self) -> bool:
        """False in the server, whose environment has the number of crashes."""
        os.environ[CRASHES] = str(self._respawns.crashes)
        if child.FORKS:
            self._child = child.forked(self._guard_end, self._server_end, self._signals)
        else:
            self._child = child.started(self._server_end)
        return self._child is not None

    def _ended(self) -> int:
        """The exit code of a crash, or `RESTART`. With any other code this process ends as well."""
        assert self._child  # noqa: S101 - just started
        if self._is_stopped:
            self._stop(signal.SIGTERM)
        code = self._child.wait()
        self._child = None
        if self._is_stopped or not (is_crash(code) or code == RESTART):
            exit_as(code)
        return code

    def _pause(self, code: int) -> None:
        """Wait before the next start, unless a signal stops the guard."""
        seconds = self._respawns.crashed()
        if seconds is None:
            raise self._too_often(code)
        _report(code, seconds)
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._is_stopped:
            time.sleep(_POLL_SECONDS)
        if self._is_stopped:
            sys.exit(0)

    def _stop(self, number: int) -> None:
        self._is_stopped = True
        if self._child:
            pass_on(number, self._child.pid)

    def _too_often(self, code: int) -> Refusal:
        crashes, minutes = self._respawns.crashes, self._respawns.minutes
        return Refusal(
            pick(
                f"服务器 {minutes} 分钟内崩溃了 {crashes} 次（最后一次：{cause(code)}），"
                "不再自动重新启动；请换一个模型（--model）再试。",
                f"The server crashed {crashes} times within {minutes} minutes (the last time: "
                f"{cause(code)}) and is not started again; try another model (--model).",
            )
        )


def _report(code: int, seconds: int) -> None:
    """Printed below the last line of the terminal."""
    sentence = pick(
        f"服务器崩溃了（{cause(code)}），{seconds} 秒后自动重新启动，没写完的回答会接着写。",
        f"The server crashed ({cause(code)}). It starts again in {seconds} s, and unfinished "
        "answers go on.",
    )
    print("\n" * sys.stderr.isatty() + sentence, file=sys.stderr, flush=True)
