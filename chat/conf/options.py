"""Sampling options as settings, within what the protocol takes."""

from __future__ import annotations

import types
import typing

import msgspec

from chat.conf.wrong_value import WrongValueError
from chat.wire.protocol import Options


def checked_option(name: str, value: object, *, strict: bool = True) -> float | bool:
    """The value of the option `name` of `chat.wire.protocol.Options`, a number or a truth value;
    not `strict`, it may be written as text.

    Raises `WrongValueError` with what it may be.
    """
    hint = _hint(name)
    try:
        read: float | bool = msgspec.convert(value, hint, strict=strict)
    except msgspec.ValidationError:
        raise _wanted(hint) from None
    return read


def _hint(name: str) -> object:
    """Without the None of a field that may be left out."""
    hint = typing.get_type_hints(Options, include_extras=True)[name]
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return hint
    return next(part for part in typing.get_args(hint) if part is not type(None))


def _wanted(hint: object) -> WrongValueError:
    if hint is bool:
        return WrongValueError("请用 1 或 0", "use 1 or 0")
    kind, meta = typing.get_args(hint)[:2]
    least = meta.gt if meta.ge is None else meta.ge
    number, named = ("整数", "a whole number") if kind is int else ("数", "a number")
    more = "（不含）" if meta.ge is None else ""
    above = " above" if meta.ge is None else ""
    return WrongValueError(
        f"请用 {least}{more} 到 {meta.le} 的{number}",
        f"use {named} from{above} {least} to {meta.le}",
    )
