"""A virtual environment, and its installed packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from MyLLM.bootstrap.pins import distribution_folder, normalised, pinned_name

REENTRIES = "MYLLM_REENTRIES"
"""Counts the restarts of a command, so that an environment that stays broken ends in a sentence."""


class Environment:
    """The virtual environment in `folder`, which may be missing, incomplete or broken.

    The stamp lists the pins that pip has installed; it is written only after pip succeeded.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.downloads = folder / "downloads"
        self._stamp = folder / "installed-by-myllm.txt"

    @property
    def is_active(self) -> bool:
        return sys.prefix != sys.base_prefix and Path(sys.prefix).resolve() == self.folder

    @property
    def python(self) -> Path:
        if os.name == "nt":
            return self.folder / "Scripts" / "python.exe"
        return self.folder / "bin" / "python"

    def holds(self, pins: Sequence[str]) -> bool:
        """Whether pip has finished installing all of these, and they still exist."""
        if not os.access(self.python, os.X_OK) or not set(pins) <= set(self._stamped()):
            return False
        places = map(Path, sys.path) if self.is_active else self.package_folders()
        return has_distributions(pins, places)

    def stamp(self, pins: Sequence[str]) -> None:
        """Record that these are installed, beside what earlier commands had installed."""
        names = {pinned_name(pin) for pin in pins}
        others = [pin for pin in self._stamped() if pinned_name(pin) not in names]
        unfinished = self._stamp.with_suffix(".new")
        unfinished.write_text("\n".join([*pins, *others]), encoding="utf-8")
        unfinished.replace(self._stamp)

    def _stamped(self) -> list[str]:
        try:
            return self._stamp.read_text(encoding="utf-8").splitlines()
        except OSError:
            return []

    def is_sound(self) -> bool:
        """Whether its Python starts and its pip is complete."""
        question = "import sys, pip._internal.cli.main; sys.exit(sys.version_info < (3, 11))"
        try:
            answer = subprocess.run(  # noqa: S603
                [self.python, "-c", question], capture_output=True, check=False
            )
        except OSError:
            return False
        return answer.returncode == 0

    def remove_half_written(self) -> None:
        """Remove packages whose installation was interrupted, so that pip installs them again.

        pip writes INSTALLER after a package's own files; without it, these may be missing.
        """
        for folder in self.package_folders():
            for entry in folder.iterdir():
                cut_off = entry.suffix == ".dist-info" and not (entry / "INSTALLER").exists()
                if cut_off or entry.name.startswith("~"):
                    shutil.rmtree(entry, ignore_errors=True)

    def package_folders(self) -> list[Path]:
        pattern = "Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"
        return list(self.folder.glob(pattern))

    def restart(self, argv: Sequence[str]) -> NoReturn:
        """Run the same command with this environment's Python; never returns."""
        count = int(os.environ.get(REENTRIES, "0")) + 1
        if count > 2:
            raise Refusal(
                pick(
                    f"{self.folder} 无法使用，请删除它后重新运行。",
                    f"{self.folder} cannot be used; delete it and start again.",
                )
            )
        os.environ[REENTRIES] = str(count)
        command = [str(self.python), *argv]
        if os.name == "posix":
            os.execv(command[0], command)  # noqa: S606
        _run_instead(command)


def _run_instead(command: Sequence[str]) -> NoReturn:
    """Windows cannot replace a process: wait for the child, which receives Ctrl-C itself."""
    child = subprocess.Popen(command)  # noqa: S603
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:
            continue


def has_distributions(pins: Sequence[str], places: Iterable[Path] | None = None) -> bool:
    """Whether exactly these versions are in `places`, by default Python's path.

    Reading folder names suffices and takes a millisecond; importlib.metadata takes thirty.
    """
    found: set[str] = set()
    for place in map(Path, sys.path) if places is None else places:
        found.update(_distributions(place))
    return {distribution_folder(pin) for pin in pins} <= found


def _distributions(place: Path) -> Iterable[str]:
    try:
        folders = [entry.stem for entry in place.iterdir() if entry.suffix == ".dist-info"]
    except OSError:
        return  # Python's path may name missing folders, archives, or unreadable folders
    for folder in folders:
        name, _, version = folder.partition("-")
        yield f"{normalised(name)}-{version.partition('+')[0]}"
