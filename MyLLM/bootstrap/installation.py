"""Creates the environment, and installs packages into it by pip."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from chat.terminal.language import pick
from chat.terminal.progress import ProgressLine
from hosting.sources.candidates import Candidates
from hosting.sources.indexes import pip_indexes
from hosting.sources.pip_install import PipInstall
from hosting.sources.sequential_fetch import SequentialFetch
from hosting.terminal.child import follow
from hosting.terminal.pip_downloads import MEGABYTE
from MyLLM.bootstrap.environment import Environment
from MyLLM.bootstrap.failure import explain, no_space, no_venv_module
from MyLLM.bootstrap.pins import pinned_name, read_hashes
from MyLLM.bootstrap.pip_view import PipView
from MyLLM.bootstrap.requirement_set import CORE, has_nvidia_gpu

CORE_MEGABYTES = 700
"""For the installation of the core: downloads, and the packages themselves."""
TORCH_MEGABYTES = 3_000
CUDA_MEGABYTES = 12_000


def install(pins: Sequence[str], own: Environment, lock: int) -> None:
    """Install `pins` into `own`, creating or repairing it first. Raises `Refusal` on failure."""
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
    """A new environment, replacing whatever was there."""
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
    """Run pip. Its cache keeps finished downloads, so an interrupted run continues.

    Packages pinned by digests come first; they may come from a public index if a configured one
    fails. The second run has the same pins, and so changes none of them.
    """
    hashes = read_hashes(CORE)
    checked = [pin for pin in pins if pin in hashes]
    indexes = pip_indexes(os.environ, own.folder)
    if checked:
        with _requirement_file(own, checked, hashes) as file:
            title = pick("安装依赖包", "Installing packages")
            arguments = ("--require-hashes", "-r", str(file))
            _pip(own, arguments, indexes, PipView(own, len(checked), title), lock)
    if len(checked) < len(pins):
        title = pick("安装其余依赖包", "Installing further packages")
        view = PipView(own, len(pins), title)
        _pip(own, pins, indexes.without_others(), view, lock)


@contextmanager
def _requirement_file(
    own: Environment, pins: Sequence[str], hashes: Mapping[str, Sequence[str]]
) -> Iterator[Path]:
    file = own.folder / "requirements.txt"
    lines = (" ".join([pin, *(f"--hash={one}" for one in hashes[pin])]) for pin in pins)
    file.write_text("\n".join(lines), encoding="utf-8")
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def _pip(
    own: Environment, arguments: Sequence[str], indexes: Candidates, view: PipView, lock: int
) -> None:
    run = PipInstall(own.python, own.folder, arguments, own.downloads, [lock])
    fetched = SequentialFetch(run, indexes, view).fetch()
    if fetched.outcome.code != 0:
        raise explain(fetched.outcome.output, own.folder, fetched.tried)
    view.done()


def _require_space(pins: Sequence[str], folder: Path) -> None:
    needed = CORE_MEGABYTES
    if any(pinned_name(pin) == "torch" for pin in pins):
        needed = CUDA_MEGABYTES if has_nvidia_gpu() else TORCH_MEGABYTES
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < needed:
        raise no_space(folder, free, needed)
