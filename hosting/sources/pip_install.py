"""Runs pip with one index or another, and watches its progress."""

from __future__ import annotations

import os
import re
import shutil
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hosting.sources.fastest import trusted
from hosting.sources.pip_config import pip_setting
from hosting.sources.pip_output import blames_source
from hosting.sources.proxy import proxy_for
from hosting.sources.stall import Activity
from hosting.terminal.child import Outcome, follow
from hosting.terminal.pip_downloads import bytes_below, largest_below

_OPTIONS = (
    "--no-input",
    "--progress-bar",
    "off",
    "--disable-pip-version-check",
    "--only-binary",
    ":all:",
)
_ANNOUNCED = re.compile(r"\s*Downloading \S+ \(([\d.]+) (bytes|kB|MB|GB)\)")
_UNITS = {"bytes": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_NEARLY = 0.98
"""pip announces sizes rounded to three figures."""


@dataclass
class PipInstall:
    """`pip install ARGUMENTS` by `python` of the environment `prefix`; `downloads` is a folder that
    exists during each run. Finished downloads stay in pip's cache.
    """

    python: Path
    prefix: Path
    arguments: Sequence[str]
    downloads: Path
    keep_open: Sequence[int] = ()
    _last_line: str = field(default="", init=False)

    @property
    def probe(self) -> str:
        return "certifi/"

    def trust(self) -> ssl.SSLContext:
        return trusted(self.prefix, pip_setting("cert", os.environ, self.prefix))

    def proxy(self, source: str) -> str:
        return pip_setting("proxy", os.environ, self.prefix) or proxy_for(source)

    def run(self, source: str, on_line: Callable[[str], None], *, is_last: bool) -> Outcome:
        shutil.rmtree(self.downloads, ignore_errors=True)
        self.downloads.mkdir(parents=True)
        try:
            return follow(
                [self.python, "-m", "pip", "install", *_OPTIONS, *self.arguments],
                on_line,
                env=self._environ(source, is_last=is_last),
                keep_open=self.keep_open,
            )
        finally:
            shutil.rmtree(self.downloads, ignore_errors=True)

    def _environ(self, source: str, *, is_last: bool) -> dict[str, str]:
        """The index is passed as a variable: other users can read arguments, and its URL may have a
        password.
        """
        made = {**os.environ, "TMPDIR": str(self.downloads), "PYTHONUNBUFFERED": "1"}
        if source:
            made |= {"PIP_INDEX_URL": source, "PIP_NO_INDEX": "0"}
        if not is_last and not pip_setting("retries", os.environ, self.prefix):
            made["PIP_RETRIES"] = "1"
        return made

    def downloaded(self) -> int:
        return bytes_below(self.downloads)

    def is_busy(self) -> bool:
        """Whether pip processes a file that is complete, which may take long for a large one."""
        if self._last_line.startswith("Processing "):
            return True
        announced = _ANNOUNCED.match(self._last_line)
        if announced is None:
            return False
        return largest_below(self.downloads) >= _NEARLY * float(announced[1]) * _UNITS[announced[2]]

    def activity_of(self, line: str) -> Activity:
        self._last_line = line or self._last_line
        if line.startswith("Installing collected packages"):
            return Activity.DOWNLOADED
        return Activity.PROGRESS if line and "Retrying" not in line else Activity.NONE

    def blames_source(self, output: str) -> bool:
        return blames_source(output)
