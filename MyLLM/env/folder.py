"""Folders."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from chat.terminal.unwritable import explain
from hosting.terminal.typed import tidy_name
from MyLLM.env.typed import Typed


def folder(typed: Typed) -> Path:
    """An existing folder, created if needed and then readable by its owner alone.

    Raises `ImproperlyConfigured` if it cannot be created or is not a folder.
    """
    name = tidy_name(typed.text)
    try:
        path = Path(name).expanduser().resolve()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise ImproperlyConfigured(f"{typed.name}={name} {reason(error, Path(name))}") from None
    return path


def reason(error: Exception, path: Path) -> str:
    """The reason why a file or folder cannot be used, for people."""
    if isinstance(error, OSError):
        return str(explain(error, path))
    return f"不能使用：{error}。 (cannot be used)"
