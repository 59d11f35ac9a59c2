"""How one setting is declared: a dataclass field with its default, its bounds and its meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from chat.conf.kind import Kind

Word = TypeVar("Word", bound=str)
SETTING = "setting"
"""The key of a field's metadata."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a value may be, and what it is for in Chinese and English.

    `shown` is the default on the reference page where that is not the value itself, `variable` an
    environment variable of another name than `MYLLM_` and the setting's. An internal setting is
    written by a program and not documented.
    """

    kind: Kind
    zh: str = ""
    en: str = ""
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()
    shown: str = ""
    variable: str = ""
    is_internal: bool = False


def number(default: int, low: int, high: int, *, zh: str, en: str) -> int:
    """A whole number within low..high."""
    return field(default=default, metadata=_of(Kind.NUMBER, low=low, high=high, zh=zh, en=en))


def internal_number(default: int, low: int, high: int) -> int:
    """A whole number that another program writes."""
    return field(default=default, metadata=_of(Kind.NUMBER, low=low, high=high, is_internal=True))


def internal_names() -> tuple[str, ...]:
    """Texts that another program writes."""
    return field(default=(), metadata=_of(Kind.NAMES, is_internal=True))


def flag(*, default: bool, zh: str, en: str) -> bool:
    """A truth value."""
    return field(default=default, metadata=_of(Kind.FLAG, zh=zh, en=en))


def choice(default: Word, choices: tuple[Word, ...], *, zh: str, en: str) -> Word:
    """One of the words of `choices`."""
    return field(default=default, metadata=_of(Kind.CHOICE, choices=choices, zh=zh, en=en))


def text(default: str, *, zh: str, en: str) -> str:
    """Free text, every character of which may be meant."""
    return field(default=default, metadata=_of(Kind.TEXT, zh=zh, en=en))


def word(kind: Kind, default: str, *, zh: str, en: str, shown: str = "") -> str:
    """A text of a form that `kind` names."""
    return field(default=default, metadata=_of(kind, zh=zh, en=en, shown=shown))


def site(default: str, *, variable: str, zh: str, en: str) -> str:
    """An origin with or without a path."""
    return field(default=default, metadata=_of(Kind.SITE, zh=zh, en=en, variable=variable))


def listed(
    kind: Kind, default: tuple[str, ...], *, zh: str, en: str, shown: str = ""
) -> tuple[str, ...]:
    """Texts of a form that `kind` names."""
    return field(default=default, metadata=_of(kind, zh=zh, en=en, shown=shown))


def option(*, zh: str, en: str) -> Any:
    """The sampling option of the setting's own name; None leaves it to the model."""
    return field(default=None, metadata=_of(Kind.OPTION, zh=zh, en=en))


def folder(default: Callable[[], Path], *, zh: str, en: str, shown: str) -> Path:
    """A folder, which need not exist yet."""
    return field(default_factory=default, metadata=_of(Kind.FOLDER, zh=zh, en=en, shown=shown))


def _of(kind: Kind, **more: Any) -> dict[str, Setting]:
    return {SETTING: Setting(kind=kind, **more)}
