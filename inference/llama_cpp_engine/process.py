"""The child process of llama.cpp: its output, its memory, and its end."""

from __future__ import annotations

import signal
import threading
from collections import deque
from contextlib import suppress
from typing import IO

import psutil

from inference.llama_cpp_engine import program as llama_program

_LOG_LINES = 20
_LINE_CHARACTERS = 300


class LlamaProcess:
    """`connection` is the server's end of the socket, see `child.py`. The child ends when
    that is closed, and with this process, however it ends. Blocking.
    """

    def __init__(self, is_inherited: bool = llama_program.IS_INHERITED) -> None:
        """Returns once it is started, see `program.started`. Raises `OSError`."""
        self._is_inherited = is_inherited
        self._log: deque[str] = deque(maxlen=_LOG_LINES)
        self._started = threading.Event()
        self._failure: OSError | None = None
        # The thread lives as long as the child: Linux ends a child with the thread that began it.
        self._thread = threading.Thread(target=self._live, name="llama_cpp child", daemon=True)
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            raise self._failure

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def exit_code(self) -> int | None:
        """The exit code; None while it runs, negative for a signal."""
        return self._child.returncode

    @property
    def log(self) -> str:
        """The last lines of its standard output and error."""
        return "\n".join(self._log)

    @property
    def memory(self) -> int | None:
        """Its resident bytes, including the model's mapped file."""
        with suppress(psutil.Error):
            return int(psutil.Process(self.pid).memory_info().rss)
        return None

    def ended(self, seconds: float) -> bool:
        """Wait at most so many seconds; returns whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def kill(self) -> None:
        """Kill it: it has nothing to save. Idempotent."""
        self._child.kill()

    def discard(self) -> None:
        """Kill a process whose connection is not in use yet."""
        self.connection.close()
        self.kill()

    def _live(self) -> None:
        try:
            self._child, self.connection = llama_program.started(self._is_inherited)
        except OSError as error:
            self._failure = error
            return
        finally:
            self._started.set()
        assert self._child.stdout is not None  # noqa: S101
        with self._child.stdout as output:
            self._keep(output)
        self._child.wait()

    def _keep(self, output: IO[bytes]) -> None:
        while line := output.readline(1 << 16):
            self._log.append(line.decode(errors="replace").rstrip()[:_LINE_CHARACTERS])


def exit_reason(code: int | None) -> str:
    """How a process ended, for logs."""
    if code is None:
        return "does not answer"
    with suppress(ValueError):
        return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code:#x}"
    return f"ended by signal {-code}"
