"""A secret that is stored in a file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from MyLLM.env.folder import reason
from MyLLM.env.typed import Typed

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def secret(typed: Typed, file: Path) -> str:
    """The typed secret, else the file's content; creates the file, readable by its owner alone.

    Raises `ImproperlyConfigured` if it can neither be read nor created.
    """
    if value := typed.text.strip():
        return value
    try:
        return _stored(file) or _created(file)
    except OSError as error:
        raise ImproperlyConfigured(reason(error, file)) from None
    except ValueError:
        raise ImproperlyConfigured(
            f"{file} 已损坏：请移走它，启动时会生成新的。 (is damaged: move it away, and a new one "
            "is made)"
        ) from None


def _stored(file: Path) -> str:
    """Empty if there is no file, or if a full disk left an empty one."""
    try:
        kept = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    return kept if kept.strip() else ""


def _created(file: Path) -> str:
    """Atomic. If two processes create the file at once, both get the first one's secret."""
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(unfinished, _NEW, 0o600), "w", encoding="utf-8") as new:
            new.write(secrets.token_urlsafe(50))
        _put(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    return _stored(file)


def _put(new: Path, file: Path) -> None:
    try:
        # Unlike a move, a link does not replace a file that another process has created.
        file.hardlink_to(new)
    except OSError:
        if not _stored(file):
            new.replace(file)
