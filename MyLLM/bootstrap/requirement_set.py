"""The packages that a command needs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from hosting.terminal.typed import tidy_list
from MyLLM.bootstrap.pins import ROOT, pinned_name, read_pins

CORE = ROOT / "requirements-core.txt"
WHOLE = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"


def requirements_for(arguments: Sequence[str], environ: Mapping[str, str]) -> tuple[str, ...]:
    """The pins that `manage.py ARGUMENTS` needs.

    torch takes gigabytes, so servers require it only if it can be of use.
    """
    command = arguments[0] if arguments else ""
    if command == "test":
        return read_pins(DEVELOPMENT)
    if command not in ("serve", "runserver"):
        return read_pins(CORE)
    if has_nvidia_gpu() or _wants_transformers(environ):
        return read_pins(WHOLE)
    return read_pins(CORE) if command == "serve" else (*read_pins(CORE), *_pins_of("daphne"))


def has_nvidia_gpu() -> bool:
    if os.name == "posix" and Path("/proc/driver/nvidia/version").exists():
        return True
    return shutil.which("nvidia-smi") is not None


def _wants_transformers(environ: Mapping[str, str]) -> bool:
    """transformers runs models that are folders in the format of Hugging Face."""
    specs = tidy_list(environ.get("MYLLM_MODELS", ""))
    return any(map(_is_folder_model, specs))


def _is_folder_model(spec: str) -> bool:
    """As in `inference.specs.model_folder`: the folder itself, or an entry of Hugging Face's cache
    (`models--owner--name`) or the `snapshots` in it.
    """
    try:
        folder = Path(spec).expanduser()
        if (folder / "config.json").is_file():
            return True
        return any(any(folder.glob(f"{inner}*/config.json")) for inner in _snapshots(folder))
    except (OSError, ValueError, RuntimeError):
        return False  # not a path, but a name or an address


def _snapshots(folder: Path) -> tuple[str, ...]:
    return ("",) if folder.name == "snapshots" else ("snapshots/",)


def _pins_of(*names: str) -> tuple[str, ...]:
    return tuple(pin for pin in read_pins(WHOLE) if pinned_name(pin) in names)
