"""Which packages a command needs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from MyLLM.bootstrap.pins import ROOT, pinned_name, read_pins

CORE = ROOT / "requirements-core.txt"
WHOLE = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"


def requirements_for(arguments: Sequence[str], environ: Mapping[str, str]) -> tuple[str, ...]:
    """The pins that `manage.py ARGUMENTS` needs.

    torch weighs gigabytes, so `serve` asks for it only where it can be of use.
    """
    command = arguments[0] if arguments else ""
    if command == "test":
        return read_pins(DEVELOPMENT)
    if command == "runserver":
        return (*read_pins(CORE), *_pins_of("daphne"))
    if command != "serve":
        return read_pins(CORE)
    if has_nvidia_gpu() or _wants_transformers(environ):
        return read_pins(WHOLE)
    return read_pins(CORE)


def has_nvidia_gpu() -> bool:
    if os.name == "posix" and Path("/proc/driver/nvidia/version").exists():
        return True
    return shutil.which("nvidia-smi") is not None


def _wants_transformers(environ: Mapping[str, str]) -> bool:
    """A model that is a folder, as Hugging Face lays it out, runs through transformers."""
    specs = environ.get("MYLLM_MODELS", "").split(",")
    folders = (Path(spec.strip()).expanduser() for spec in specs if spec.strip())
    return any((folder / "config.json").is_file() for folder in folders)


def _pins_of(*names: str) -> tuple[str, ...]:
    return tuple(pin for pin in read_pins(WHOLE) if pinned_name(pin) in names)
