"""Values that are read by their declaration alone. All raise `ImproperlyConfigured`."""

from __future__ import annotations

from chat.conf.declaration import Declaration
from chat.conf.kind import Kind
from chat.conf.options import checked_option
from chat.conf.values import checked_number, checked_word
from chat.conf.wrong_value import WrongValueError
from MyLLM.env.typed import Typed

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})
_TRUTH = {"yes": "true", "on": "true", "no": "false", "off": "false"}
_IN_LOWER_CASE = frozenset({Kind.CHOICE, Kind.DEVICE, Kind.KEEP_ALIVE, Kind.LOCAL_NAME})


def flag(typed: Typed) -> bool:
    """Yes or no."""
    return typed.parsed(_truth)


def number(declared: Declaration, typed: Typed) -> int:
    """An integer within the bounds."""
    return typed.parsed(lambda word: _number(declared, word))


def option(declared: Declaration, typed: Typed) -> float | bool | None:
    """A sampling option within the protocol's range; None if nothing was typed."""
    if not typed.word:
        return None
    return typed.parsed(
        lambda word: checked_option(declared.name, _TRUTH.get(word.lower(), word), strict=False)
    )


def word(declared: Declaration, typed: Typed) -> str:
    """A word in the format of the declaration's kind."""
    return typed.parsed(lambda typed_word: checked_word(declared, _cleaned(declared, typed_word)))


def _cleaned(declared: Declaration, typed: str) -> str:
    if declared.setting.kind is Kind.SITE:
        return typed.rstrip("/")
    return typed.lower() if declared.setting.kind in _IN_LOWER_CASE else typed


def _truth(word: str) -> bool:
    if word.lower() not in _TRUE | _FALSE:
        raise WrongValueError("请用 1 或 0", "use 1 or 0")
    return word.lower() in _TRUE


def _number(declared: Declaration, word: str) -> int:
    is_number = word.isascii() and word.isdigit()
    return checked_number(declared, int(word) if is_number else declared.setting.low - 1)
