"""Settings out of the environment: a wrong value fails loudly, with its name."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from chat.management.sources.candidates import Candidates
from chat.management.terminal.refusal import Refusal
from inference import ModelSpecError, check_spec

_DEVICE = re.compile(r"auto|cpu|mps|cuda(:[0-9]{1,3})?")
_LOCAL_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?\.local")
_ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?")
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str) -> str:
    """The variable as it is; surrounding blanks do not count."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool) -> bool:
    """Raises `ImproperlyConfigured` unless it reads as yes or no."""
    value = text(name, "1" if default else "0").lower()
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name}={value!r} 无效：请用 1 或 0。 (use 1 or 0)")
    return value in _TRUE


def number(name: str, default: int, low: int, high: int) -> int:
    """Raises `ImproperlyConfigured` unless it is a whole number within low..high."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(
            f"{name}={value!r} 无效：请用 {low} 到 {high} 的整数。 "
            f"(use a whole number from {low} to {high})"
        )
    return int(value)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Raises `ImproperlyConfigured` unless it is one of the words allowed."""
    value = text(name, default).lower() or default
    if value not in allowed:
        raise ImproperlyConfigured(
            f"{name}={value!r} 无效：请用 {'、'.join(allowed)}。 (use {', '.join(allowed)})"
        )
    return value


def device(name: str) -> str:
    """`auto` or a device as torch names it. Raises `ImproperlyConfigured` for other words."""
    value = text(name, "auto").lower() or "auto"
    if not _DEVICE.fullmatch(value):
        words = "auto, cpu, cuda, cuda:1, mps"
        raise ImproperlyConfigured(f"{name}={value!r} 无效：请用 {words}。 (use {words})")
    return value


def names(name: str, default: str) -> tuple[str, ...]:
    """A comma separated list without its empty places."""
    return tuple(part.strip() for part in text(name, default).split(",") if part.strip())


def local_name(name: str, default: str) -> str:
    """A name that multicast DNS may hold, or nothing. Raises `ImproperlyConfigured`."""
    value = text(name, default).lower()
    if value and not _LOCAL_NAME.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name}={value!r} 无效：请用 myllm.local 这样的名称。 (use a name such as myllm.local)"
        )
    return value


def origin(name: str) -> str:
    """A site such as `https://chat.example.com`, without the last slash, or nothing. Raises
    `ImproperlyConfigured`.
    """
    value = text(name, "").rstrip("/")
    if value and not _ORIGIN.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name}={value!r} 无效：请用 https://chat.example.com 这样的地址，不带路径。 "
            "(use an address such as https://chat.example.com, without a path)"
        )
    return value


def sources(name: str, found: Callable[[Mapping[str, str]], Candidates]) -> tuple[str, ...]:
    """URLs that packages may come from, the first to be asked first: the variable's, else what is
    `found`. Raises `ImproperlyConfigured` for a variable that holds something else.
    """
    try:
        return found({**os.environ, name: text(name, "")}).all
    except Refusal as refusal:
        raise ImproperlyConfigured(str(refusal)) from None


def models(name: str, default: str) -> tuple[str, ...]:
    """Model specs. Raises `ImproperlyConfigured` for one that nothing understands."""
    specs = names(name, default)
    if not specs:
        raise ImproperlyConfigured(f"{name} 是空的：请至少写一个模型。 (name at least one model)")
    for spec in specs:
        try:
            check_spec(spec)
        except ModelSpecError as error:
            raise ImproperlyConfigured(f"{name}：不认识的模型。 ({error})") from None
    return specs


def folder(name: str, default: Path) -> Path:
    """A folder that exists afterwards, readable by its owner alone where that can be said."""
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror
        raise ImproperlyConfigured(f"{name}={path} 不能使用：{reason}。 (cannot be used)") from None
    return path


def secret(name: str, file: Path) -> str:
    """The variable, else the file's content, made at first with tight permissions."""
    if value := text(name, ""):
        return value
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(
            f"{file} 不能写入：{error.strerror}。 (cannot be written)"
        ) from None
    return file.read_text()
