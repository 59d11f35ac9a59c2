"""Installs an extra's packages by pip into the running environment."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from hosting.extras.extra import Extra
from hosting.sources.indexes import pip_indexes
from hosting.sources.pip_install import PipInstall
from hosting.sources.pip_output import NO_SPACE
from hosting.sources.sequential_fetch import SequentialFetch
from hosting.sources.tried_sources import TriedSources
from hosting.terminal.pip_downloads import MEGABYTE, bytes_below

_SECRET = re.compile(r"//[^/@\s]+@")
_INSTALLING = "Installing collected packages"


@dataclass(frozen=True)
class InstallProgress:
    """`megabytes` of about `total` were downloaded; `is_writing` once all are. `note` is a sentence
    for people, "" for none, about a slow source and the one that replaces it.
    """

    megabytes: float
    total: float
    is_writing: bool = False
    note: str = ""


OnProgress = Callable[[InstallProgress], None]


def install(extra: Extra, on_progress: OnProgress) -> None:
    """Install the extra unless it is installed; the caller has the owner's consent. Blocks for
    seconds to minutes and calls `on_progress` from the same thread. Raises `Refusal`.
    """
    if extra.is_installed:
        return
    with tempfile.TemporaryDirectory(prefix="myllm-extra-") as downloads:
        view = _View(Path(downloads) / "pip", extra.megabytes, on_progress)
        arguments = ("--require-hashes", "--no-deps", "-r", str(extra.requirements))
        run = PipInstall(Path(sys.executable), Path(sys.prefix), arguments, view.downloads)
        try:
            fetched = SequentialFetch(run, pip_indexes(os.environ), view).fetch()
        except OSError as error:
            raise _failed(extra, str(error), TriedSources("MYLLM_PIP_INDEXES")) from None
    if fetched.outcome.code != 0 or not extra.is_installed:
        raise _failed(extra, fetched.outcome.output, fetched.tried)


class _View:
    """Turns pip's output and downloads into progress."""

    def __init__(self, downloads: Path, total: float, on_progress: OnProgress) -> None:
        self.downloads = downloads
        self._total = total
        self._on_progress = on_progress
        self._is_writing = False

    def begin(self) -> None:
        self._is_writing = False

    def see(self, line: str) -> None:
        self._is_writing = self._is_writing or line.startswith(_INSTALLING)
        self._report("")

    def note(self, sentence: str) -> None:
        self._report(sentence)

    def _report(self, note: str) -> None:
        downloaded = min(bytes_below(self.downloads) / MEGABYTE, self._total)
        self._on_progress(InstallProgress(downloaded, self._total, self._is_writing, note))


def _failed(extra: Extra, output: str, tried: TriedSources) -> Refusal:
    if NO_SPACE.search(output):
        return Refusal(
            pick(
                f"磁盘空间不足，没能安装：{extra.purpose_zh}（约 {extra.megabytes} MB）。",
                f"The disk is full; not installed: {extra.purpose_en}, about {extra.megabytes} MB.",
            )
        )
    command = f"{Path(sys.executable)} -m pip install --no-deps -r {extra.requirements}"
    reason = _reason(output)
    return Refusal(
        pick(
            f"没能安装：{extra.purpose_zh}{tried.in_brackets()}。{reason}"
            f"{tried.way_out()}，或自己运行 {command}",
            f"Not installed: {extra.purpose_en}{tried.in_brackets()}. {reason}"
            f"To go on, {tried.way_out()}, or run {command}",
        )
    )


def _reason(output: str) -> str:
    """pip's last line with an error, without a password that a URL may contain."""
    errors = [line.strip() for line in output.splitlines() if "ERROR" in line]
    return f"{_SECRET.sub('//', errors[-1])[:300]} " if errors else ""
