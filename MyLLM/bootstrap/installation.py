"""Making the environment and letting pip fill it, in view of whoever waits."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from chat.management.terminal.child import follow
from chat.management.terminal.language import pick
from chat.management.terminal.pip_downloads import MEGABYTE, megabytes
from chat.management.terminal.progress import ProgressLine
from MyLLM.bootstrap.environment import Environment
from MyLLM.bootstrap.failure import explain, no_space, no_venv_module
from MyLLM.bootstrap.pins import pinned_name
from MyLLM.bootstrap.requirement_set import has_nvidia_gpu

CORE_MEGABYTES = 700
"""What a light set needs while it is installed: downloads, and the packages themselves."""
TORCH_MEGABYTES = 3_000
CUDA_MEGABYTES = 12_000


def install(pins: Sequence[str], own: Environment, lock: int) -> None:
    """Install `pins` into `own`, making or repairing it first. Refusal where that fails."""
    _require_space(pins, own.folder.parent)
    try:
        if own.is_sound():
            own.remove_half_written()
        else:
            make(own, lock)
        fill(own, pins, lock)
        own.stamp(pins)
    except OSError as error:
        raise explain(str(error), own.folder) from None


def make(own: Environment, lock: int) -> None:
    """A fresh environment, in place of whatever lay there."""
    if importlib.util.find_spec("ensurepip") is None:
        raise no_venv_module()
    line = ProgressLine(pick("创建虚拟环境 .venv", "Making the virtual environment .venv"))
    base: str = getattr(sys, "_base_executable", "") or sys.executable
    command: list[str | Path] = [base, "-m", "venv", "--clear", own.folder]
    outcome = follow(command, lambda _: line.show(), keep_open=[lock])
    if outcome.code != 0 or not own.is_sound():
        raise explain(outcome.output, own.folder)
    line.done()


def fill(own: Environment, pins: Sequence[str], lock: int) -> None:
    """Run pip. Its cache keeps finished downloads, so a run that was cut off goes on there."""
    downloads = own.folder / "downloads"
    shutil.rmtree(downloads, ignore_errors=True)
    downloads.mkdir()
    view = PipView(own, len(pins), downloads)
    command: list[str | Path] = [
        own.python,
        "-m",
        "pip",
        "install",
        "--no-input",
        "--progress-bar",
        "off",
    ]
    outcome = follow(
        [*command, "--only-binary", ":all:", *pins],
        view.see,
        env={**os.environ, "TMPDIR": str(downloads), "PYTHONUNBUFFERED": "1"},
        keep_open=[lock],
    )
    shutil.rmtree(downloads, ignore_errors=True)
    if outcome.code != 0:
        raise explain(outcome.output, own.folder)
    view.done()


class PipView:
    """pip's output as one line: which package of how many, megabytes so far."""

    def __init__(self, own: Environment, expected: int, downloads: Path) -> None:
        self._line = ProgressLine(pick("安装依赖包", "Installing packages"))
        self._own = own
        self._expected = expected
        self._downloads = downloads
        self._collected = 0
        self._to_install: list[str] = []
        self._doing = ""

    def see(self, line: str) -> None:
        first, _, rest = line.strip().partition(" ")
        if first in ("Collecting", "Requirement"):
            self._collected += 1
        if first == "Collecting":
            self._doing = self._count(self._collected, rest.split()[0])
        if line.startswith("Installing collected packages:"):
            self._to_install = line.partition(":")[2].split(",")
        self._line.show(self._installing() or self._downloading())

    def done(self) -> None:
        self._line.done(pick("完成", "finished"))

    def _downloading(self) -> str:
        return f"{self._doing} · {megabytes(self._downloads)} MB" if self._doing else ""

    def _installing(self) -> str:
        if not self._to_install:
            return ""
        names = {pinned_name(name.strip()) for name in self._to_install}
        here = sum(
            pinned_name(entry.name.partition("-")[0]) in names
            for folder in self._own.package_folders()
            for entry in folder.glob("*.dist-info")
        )
        return pick("写入", "writing") + f" {here}/{len(names)}"

    def _count(self, number: int, name: str) -> str:
        total = f"/{self._expected}" if number <= self._expected else ""
        return f"{number}{total} {name}"


def _require_space(pins: Sequence[str], folder: Path) -> None:
    needed = CORE_MEGABYTES
    if any(pinned_name(pin) == "torch" for pin in pins):
        needed = CUDA_MEGABYTES if has_nvidia_gpu() else TORCH_MEGABYTES
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < needed:
        raise no_space(folder, free, needed)
