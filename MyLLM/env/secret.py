"""A secret that is kept in a file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from MyLLM.env.folder import reason
from MyLLM.env.typed import Typed

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def secret(typed: Typed, file: Path) -> str:
    """What was typed, else the file's content, made at first with tight permissions.

    Raises `ImproperlyConfigured` where it can neither be read nor made.
    """
    if value := typed.text.strip():
        return value
    try:
        return _kept(file) or _made(file)
    except OSError as error:
        raise ImproperlyConfigured(reason(error, file)) from None
    except ValueError:
        raise ImproperlyConfigured(
            f"{file} 已损坏：请移走它，启动时会生成新的。 (is damaged: move it away, and a new one "
            "is made)"
        ) from None


def _kept(file: Path) -> str:
    """Empty where there is none, and where a full disk left nothing of one."""
    try:
        kept = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    return kept if kept.strip() else ""


def _made(file: Path) -> str:
    """Whole or not at all. Where two processes make one at once, both have the first."""
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(unfinished, _NEW, 0o600), "w", encoding="utf-8") as new:
            new.write(secrets.token_urlsafe(50))
        _put(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    return _kept(file)


def _put(new: Path, file: Path) -> None:
    try:
        # Unlike a move this leaves alone what another process has put there since.
        file.hardlink_to(new)
    except OSError:
        if not _kept(file):
            new.replace(file)
