"""A server on a terminal of its own, for what it prints to whoever sits there."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import threading
import time
from pathlib import Path

from tests.live.live_server import ROOT, LiveServer
from tests.patience import PATIENCE

_LINK = re.compile(r"https?://\S+/#pair=[\w-]+")
_PRINT_SECONDS = PATIENCE
_POLL_SECONDS = 0.05


class TerminalServer(LiveServer):
    """What stands in its `log` is what a person reads; it listens in the whole network."""

    def __init__(self, folder: Path, page: Path) -> None:
        super().__init__(
            folder, PAGE_DIR=page, HOST="0.0.0.0", OPEN=0, PAIRING=1, MODELS="scripted"
        )

    def spawn(self) -> None:
        screen, terminal = pty.openpty()
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=terminal,
            stderr=terminal,
        )
        os.close(terminal)
        log = self.folder / "server.log"
        threading.Thread(target=_copy, args=(screen, log), daemon=True).start()

    def printed_link(self, but: str = "") -> str:
        """The newest code's first link on the terminal, waited for while there is none but that."""
        deadline = time.monotonic() + _PRINT_SECONDS
        while (link := self._newest_link()) in ("", but):
            assert time.monotonic() < deadline, self.log
            time.sleep(_POLL_SECONDS)
        return link

    def _newest_link(self) -> str:
        links = _LINK.findall(self.log)
        codes = [link.partition("=")[2] for link in links]
        return links[codes.index(codes[-1])] if links else ""


def _copy(screen: int, log: Path) -> None:
    """Until the last program has left the terminal, which some systems tell as an error."""
    with log.open("ab", buffering=0) as file:
        try:
            while read := os.read(screen, 4096):
                file.write(read)
        except OSError:
            pass
        finally:
            os.close(screen)
