"""Settings out of the environment: a wrong value fails loudly, with its name."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

from chat.errors.model_reasons import reason
from chat.terminal.refusal import Refusal
from chat.terminal.unwritable import explain
from hosting.sources.candidates import Candidates
from hosting.terminal.typed import tidy, tidy_list, tidy_name
from inference import ModelSpecError, UnsuitableSpecError, check_spec
from MyLLM.answer_options import read_option
from MyLLM.proxies import read_proxy
from MyLLM.sites import MistypedError, read_host, read_origins, read_public_url, values

Value = TypeVar("Value")
_KEEP_ALIVE = re.compile(r"(-?\d+(\.\d+)?|-?(\d+(\.\d+)?(h|m|s|ms))+)?")
_DEVICE = re.compile(r"auto|cpu|mps|cuda(:[0-9]{1,3})?")
_LOCAL_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?\.local")
_ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?")
_PATH = re.compile(r"(/[A-Za-z0-9._~%@:+-]+)*")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str) -> str:
    """The variable as it is, for free text and secrets; surrounding blanks do not count."""
    return os.environ.get(name, default).strip()


def word(name: str, default: str) -> str:
    """The variable without the quotes and the comment that were typed with it."""
    return tidy(os.environ.get(name, default))


def flag(name: str, default: bool) -> bool:
    """Raises `ImproperlyConfigured` unless it reads as yes or no."""
    value = word(name, "1" if default else "0").lower()
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name}={value!r} 无效：请用 1 或 0。 (use 1 or 0)")
    return value in _TRUE


def number(name: str, default: int, low: int, high: int) -> int:
    """Raises `ImproperlyConfigured` unless it is a whole number within low..high."""
    value = word(name, str(default))
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(
            f"{name}={value!r} 无效：请用 {low} 到 {high} 的整数。 "
            f"(use a whole number from {low} to {high})"
        )
    return int(value)


def option(name: str) -> float | bool | None:
    """A sampling option, `MYLLM_` and its name in the protocol; None where it is not set. Raises
    `ImproperlyConfigured` outside of what the protocol takes.
    """
    value = word(name, "")
    known = name.removeprefix("MYLLM_").lower()
    return _read(name, value, lambda typed: read_option(known, typed)) if value else None


def check_sampling(do_sample: float | bool | None, temperature: float | bool | None) -> None:
    """Raises `ImproperlyConfigured` for two settings that exclude each other."""
    if do_sample and temperature == 0:
        raise ImproperlyConfigured(
            "MYLLM_DO_SAMPLE=1 与 MYLLM_TEMPERATURE=0 相互矛盾：请去掉其中一项。 "
            "(they exclude each other: leave one of them out)"
        )


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Raises `ImproperlyConfigured` unless it is one of the words allowed."""
    value = word(name, default).lower() or default
    if value not in allowed:
        raise ImproperlyConfigured(
            f"{name}={value!r} 无效：请用 {'、'.join(allowed)}。 (use {', '.join(allowed)})"
        )
    return value


def device(name: str) -> str:
    """`auto` or a device as torch names it. Raises `ImproperlyConfigured` for other words."""
    value = word(name, "auto").lower() or "auto"
    if not _DEVICE.fullmatch(value):
        words = "auto, cpu, cuda, cuda:1, mps"
        raise ImproperlyConfigured(f"{name}={value!r} 无效：请用 {words}。 (use {words})")
    return value


def keep_alive(name: str) -> str:
    """How long Ollama keeps a model, in its own words: `30m`, `1h30m`, seconds, `-1` for ever, or
    nothing. Raises `ImproperlyConfigured`.
    """
    value = word(name, "").lower()
    if not _KEEP_ALIVE.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name}={value!r} 无效：请用 30m、3600 或 -1。 (use 30m, 3600, or -1)"
        )
    return value


def names(name: str, default: str) -> tuple[str, ...]:
    """A comma separated list without its empty places."""
    return tuple(tidy_list(os.environ.get(name, default)))


def local_name(name: str, default: str) -> str:
    """A name that multicast DNS may hold, or nothing. Raises `ImproperlyConfigured`."""
    value = word(name, default).lower()
    if value and not _LOCAL_NAME.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name}={value!r} 无效：请用 myllm.local 这样的名称。 (use a name such as myllm.local)"
        )
    return value


def origin(name: str) -> str:
    """A site such as `https://chat.example.com`, without the last slash, or nothing. Raises
    `ImproperlyConfigured`.
    """
    value = unicodedata.normalize("NFKC", word(name, ""))
    return _read(name, value, read_public_url) if value else ""


def origins(name: str) -> tuple[str, ...]:
    """Web origins as browsers send them. Raises `ImproperlyConfigured`."""
    return _each(name, "", read_origins)


def hosts(name: str) -> tuple[str, ...]:
    """Names and addresses of hosts. Raises `ImproperlyConfigured`."""
    return _each(name, "", lambda typed: (read_host(typed),))


def proxies(name: str, default: str) -> tuple[str, ...]:
    """Addresses and networks of proxies. Raises `ImproperlyConfigured`."""
    return _each(name, default, read_proxy)


def _each(name: str, default: str, read: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """What the list's places mean, each once."""
    typed = [value for part in names(name, default) for value in values(part)]
    return tuple(dict.fromkeys(one for value in typed for one in _read(name, value, read)))


def _read(name: str, value: str, read: Callable[[str], Value]) -> Value:
    try:
        return read(value)
    except MistypedError as error:
        raise ImproperlyConfigured(
            f"{name}={value!r} 无效：{error.chinese}。 ({error.english})"
        ) from None


def sources(name: str, found: Callable[[Mapping[str, str]], Candidates]) -> tuple[str, ...]:
    """URLs that packages may come from, the first to be asked first: the variable's, else what is
    `found`. Raises `ImproperlyConfigured` for a variable that holds something else.
    """
    try:
        return found(os.environ).all
    except Refusal as refusal:
        raise ImproperlyConfigured(str(refusal)) from None


def site(name: str, default: str) -> str:
    """As `origin`, with a path where there is one. Raises `ImproperlyConfigured`."""
    value = (word(name, "") or default).rstrip("/")
    found = _ORIGIN.match(value)
    if not found or not _PATH.fullmatch(value, found.end()):
        raise ImproperlyConfigured(
            f"{name}={value!r} 无效：请用 {default} 这样的地址。 (use an address such as {default})"
        )
    return value


def models(name: str, default: str) -> tuple[str, ...]:
    """Model specs. Raises `ImproperlyConfigured` for one that nothing understands."""
    # Empty in a file of settings (Docker Compose writes it so) means that nothing was chosen.
    specs = tuple(tidy_list(text(name, "") or default))
    if not specs:
        raise ImproperlyConfigured(f"{name} 是空的：请至少写一个模型。 (name at least one model)")
    for spec in specs:
        try:
            check_spec(spec)
        except UnsuitableSpecError as error:
            chinese = reason(error.found, chinese=True)
            raise ImproperlyConfigured(
                f"{name}：{spec} 不能用来聊天：{chinese}。 ({error})"
            ) from None
        except ModelSpecError as error:
            raise ImproperlyConfigured(f"{name}：不认识的模型。 ({error})") from None
    return specs


def folder(name: str, default: Path) -> Path:
    """A folder that exists afterwards, readable by its owner alone where that can be said.

    Raises `ImproperlyConfigured` where it cannot be made or is none.
    """
    typed = tidy_name(os.environ.get(name, "")) or str(default)
    try:
        path = Path(typed).expanduser().resolve()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise ImproperlyConfigured(f"{name}={typed} {_reason(error, Path(typed))}") from None
    return path


def secret(name: str, file: Path) -> str:
    """The variable, else the file's content, made at first with tight permissions.

    Raises `ImproperlyConfigured` where it can neither be read nor made.
    """
    if value := text(name, ""):
        return value
    try:
        return _kept(file) or _made(file)
    except OSError as error:
        raise ImproperlyConfigured(_reason(error, file)) from None
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


def _reason(error: Exception, path: Path) -> str:
    """The sentence for people."""
    if isinstance(error, OSError):
        return str(explain(error, path))
    return f"不能使用：{error}。 (cannot be used)"
