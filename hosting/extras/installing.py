"""An extra's packages, installed by pip into the environment that runs."""

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
from hosting.sources.in_turn import InTurn
from hosting.sources.indexes import pip_indexes
from hosting.sources.pip_install import PipInstall
from hosting.sources.pip_output import NO_SPACE
from hosting.sources.tried import Tried
from hosting.terminal.pip_downloads import MEGABYTE, bytes_below

_SECRET = re.compile(r"//[^/@\s]+@")
_INSTALLING = "Installing collected packages"


@dataclass(frozen=True)
class InstallProgress:
    """`megabytes` have come of about `total`; `is_writing` once all are here. `note` is a sentence
    for the person, "" for none: a source that is slow, and the one that is asked in its place.
    """

    megabytes: float
    total: float
    is_writing: bool = False
    note: str = ""


OnProgress = Callable[[InstallProgress], None]


def install(extra: Extra, on_progress: OnProgress) -> None:
    """Install it unless it is there. Whoever calls has the owner's consent. Blocking, for seconds
    to minutes; `on_progress` is called from the same thread. Raises `Refusal` with one sentence.
    """
    if extra.is_installed:
        return
    with tempfile.TemporaryDirectory(prefix="myllm-extra-") as downloads:
        view = _View(Path(downloads) / "pip", extra.megabytes, on_progress)
        arguments = ("--require-hashes", "--no-deps", "-r", str(extra.requirements))
        run = PipInstall(Path(sys.executable), Path(sys.prefix), arguments, view.downloads)
        try:
            fetched = InTurn(run, pip_indexes(os.environ), view).fetch()
        except OSError as error:
            raise _failed(extra, str(error), Tried("MYLLM_PIP_INDEXES")) from None
    if fetched.outcome.code != 0 or not extra.is_installed:
        raise _failed(extra, fetched.outcome.output, fetched.tried)


class _View:
    """What pip writes and downloads, as progress."""

    def __init__(self, downloads: Path, total: float, on_progress: OnProgress) -> None:
        self.downloads = downloads
        self._total = total
        self._on_progress = on_progress
        self._is_writing = False

    def begin(self) -> None:
        self._is_writing = False

    def see(self, line: str) -> None:
        self._is_writing = self._is_writing or line.startswith(_INSTALLING)
        self._tell("")

    def note(self, sentence: str) -> None:
        self._tell(sentence)

    def _tell(self, note: str) -> None:
        came = min(bytes_below(self.downloads) / MEGABYTE, self._total)
        self._on_progress(InstallProgress(came, self._total, self._is_writing, note))


def _failed(extra: Extra, output: str, tried: Tried) -> Refusal:
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
            f"没能安装：{extra.purpose_zh}{tried.bracketed()}。{reason}"
            f"{tried.way_out()}，或自己运行 {command}",
            f"Not installed: {extra.purpose_en}{tried.bracketed()}. {reason}"
            f"To go on, {tried.way_out()}, or run {command}",
        )
    )


def _reason(output: str) -> str:
    """pip's own last word of an error, without a password that an address may hold."""
    errors = [line.strip() for line in output.splitlines() if "ERROR" in line]
    return f"{_SECRET.sub('//', errors[-1])[:300]} " if errors else ""
