"""Waits for a server, and starts another where a crash ended it."""

from __future__ import annotations

import os
import signal
import sys
import time

from chat.ownership.restart import RESTART
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from MyLLM.guard import child
from MyLLM.guard.ending import cause, is_crash, leave_like
from MyLLM.guard.respawns import Respawns
from MyLLM.guard.signals import Signals, pass_on

CRASHES = "MYLLM_CRASHES"
_LOOK_SECONDS = 0.1
"""Not every system ends a sleep for a signal."""


class Guard:
    """Of one server at a time."""

    def __init__(self, respawns: Respawns) -> None:
        self._respawns = respawns
        self._signals = Signals(self._stop)
        self._theirs, self._ours = os.pipe()
        self._child: child.Child | None = None
        self._is_stopped = False

    def keep(self) -> None:
        """Returns in a server that was forked, never in the guard itself.

        Refusal when it crashed too often.
        """
        self._signals.listen()
        while self._begun():
            code = self._ended()
            if code != RESTART:
                self._pause(code)

    def _begun(self) -> bool:
        """False in the server, which finds in its environment how often others crashed."""
        os.environ[CRASHES] = str(self._respawns.crashes)
        if child.FORKS:
            self._child = child.forked(self._ours, self._theirs, self._signals)
        else:
            self._child = child.started(self._theirs)
        return self._child is not None

    def _ended(self) -> int:
        """The code of a crash, or `RESTART`. With any other code this process ends as well."""
        assert self._child  # noqa: S101 - just begun
        if self._is_stopped:
            self._stop(signal.SIGTERM)
        code = self._child.wait()
        self._child = None
        if self._is_stopped or not (is_crash(code) or code == RESTART):
            leave_like(code)
        return code

    def _pause(self, code: int) -> None:
        """Until the next may begin, unless somebody does not want one any more."""
        seconds = self._respawns.crashed()
        if seconds is None:
            raise self._too_often(code)
        _tell(code, seconds)
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._is_stopped:
            time.sleep(_LOOK_SECONDS)
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


def _tell(code: int, seconds: int) -> None:
    """Below whatever stands in the terminal's last line."""
    sentence = pick(
        f"服务器崩溃了（{cause(code)}），{seconds} 秒后自动重新启动，没写完的回答会接着写。",
        f"The server crashed ({cause(code)}). It starts again in {seconds} s, and unfinished "
        "answers go on.",
    )
    print("\n" * sys.stderr.isatty() + sentence, file=sys.stderr, flush=True)
