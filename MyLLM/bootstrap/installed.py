"""Whether the running Python has the packages, for starts without `manage.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from chat.terminal.language import pick
from MyLLM.bootstrap.pins import ROOT, normalised, pinned_name, read_pins
from MyLLM.bootstrap.requirement_set import CORE, WHOLE

_NAMED = 4
"""How many missing packages a sentence lists."""
_METADATA = frozenset({".dist-info", ".egg-info"})


def lacks(argv: Sequence[str]) -> str:
    """One sentence if a package that the command needs is missing in any version; else "".

    uvicorn, daphne and `python -m django` import the settings, and would print a `Refusal` with its
    traceback.
    """
    if missing := missing_of(read_pins(CORE)):
        return _sentence(missing, "-r requirements-core.txt", "serve")
    if argv[1:2] != ["runserver"]:
        return ""
    pins = [pin for pin in read_pins(WHOLE) if pinned_name(pin) == "daphne"]
    missing = missing_of(pins)
    return _sentence(missing, " ".join(pins), "runserver") if missing else ""


def missing_of(pins: Iterable[str]) -> list[str]:
    """The names of those that are not installed. Reads folder names, which takes a millisecond."""
    found = {name for place in sys.path for name in _names(Path(place))}
    named = (pin.partition("==")[0] for pin in pins)
    return [name for name in named if normalised(name) not in found and not _is_known(name)]


def _names(place: Path) -> Iterable[str]:
    try:
        entries = [entry for entry in place.iterdir() if entry.suffix in _METADATA]
    except OSError:
        return
    for entry in entries:
        yield normalised(entry.stem.partition("-")[0])


def _is_known(name: str) -> bool:
    """Also finds packages in archives and by other finders."""
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _sentence(missing: list[str], wanted: str, command: str) -> str:
    names = ", ".join(missing[:_NAMED]) + ("…" if len(missing) > _NAMED else "")
    install = f"{sys.executable} -m pip install {wanted}"
    return pick(
        f"这个 Python 缺少 {names}：请在 {ROOT} 里运行 {install}，或者用 "
        f"python3 manage.py {command} 启动，它会自动安装需要的一切。",
        f"This Python lacks {names}: run {install} in {ROOT}, or start with python3 manage.py "
        f"{command}, which installs all it needs.",
    )
