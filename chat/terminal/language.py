"""The terminal's language. Standard library only: the bootstrap uses it."""

from __future__ import annotations

import functools
import locale
import os
import sys

if sys.platform == "win32":
    import ctypes

CHINESE_ON_WINDOWS = 0x04
"""The primary language identifier of every Chinese locale, the low ten bits of a LANGID."""


def pick(chinese: str, english: str) -> str:
    """The text in the language of the system's locale."""
    return chinese if prefers_chinese() else english


@functools.cache
def prefers_chinese() -> bool:
    named = _named_locale()
    if named:
        return named.lower().startswith(("zh", "chinese"))
    if sys.platform == "win32":
        language: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return language & 0x3FF == CHINESE_ON_WINDOWS
    return (locale.getlocale()[0] or "").startswith("zh")


def _named_locale() -> str:
    """The value of the first variable that is set, in gettext's order."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return next((value for name in names if (value := os.environ.get(name))), "")
