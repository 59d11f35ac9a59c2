"""The `InferenceError` of a llama.cpp process that failed or ended."""

from __future__ import annotations

import re
from pathlib import Path

from inference.errors import InferenceError, InferenceErrorCode
from inference.pip_command import pip_command

_KILLED = -9
"""When memory runs out, Linux kills the process that takes the most with this signal."""
_NO_MEMORY = re.compile(
    r"bad_alloc|out of memory|(failed|unable|cannot) to allocate|cannot allocate memory", re.I
)


def not_loaded(word: str, text: str, log: str, path: Path) -> InferenceError:
    """The error of a failed start; `word` and `text` are those that `child.py` sent."""
    if word == "ImportError":
        return _not_installed(text)
    code = InferenceErrorCode.MODEL_LOAD_FAILED
    if word == "MemoryError" or _NO_MEMORY.search(text + log):
        code = InferenceErrorCode.OUT_OF_MEMORY
    return InferenceError(code, _said(f"{path}: {text}", log))


def ended_loading(exit_code: int | None, reason: str, log: str, path: Path) -> InferenceError:
    """The error of a process that ended during its start."""
    code = InferenceErrorCode.MODEL_LOAD_FAILED
    if exit_code == _KILLED or _NO_MEMORY.search(log):
        code = InferenceErrorCode.OUT_OF_MEMORY
    return InferenceError(code, _said(f"{path}: llama.cpp {reason}", log))


def crashed(reason: str, log: str) -> InferenceError:
    """The error of a process that ended later."""
    code = InferenceErrorCode.MODEL_CRASHED
    return InferenceError(code, _said(f"llama.cpp {reason}", log), retryable=True)


def _not_installed(text: str) -> InferenceError:
    # The package may be installed and the system's OpenMP missing: the message names it.
    lacking = "libgomp1" if "libgomp" in text else "xllamacpp"
    command = pip_command(lacking) if lacking == "xllamacpp" else f"sudo apt install {lacking}"
    code = InferenceErrorCode.BACKEND_NOT_INSTALLED
    return InferenceError(code, text, detail={"package": lacking, "command": command})


def _said(what: str, log: str) -> str:
    return f"{what}\n{log}" if log else what
