"""The ids by which a client matches an error to its frame, read also from invalid frames."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import msgspec

from chat.text.storable import whole_json

_LONGEST = 1024
_MEMBER = re.compile(
    r'(?<!\\)"(?P<name>client_msg_id|run)"\s*:\s*(?P<value>"(?:[^"\\]|\\.)*")', re.DOTALL
)
"""Quotation marks inside of strings are escaped, so text that quotes a frame does not match."""


class _Names(msgspec.Struct, frozen=True):
    client_msg_id: Any = None
    run: Any = None


_NAMES = msgspec.json.Decoder(_Names)
_STRING = msgspec.json.Decoder(str)


@dataclass(frozen=True, slots=True)
class Correlation:
    """The `client_msg_id` and `run` of a frame; None if it has none."""

    client_msg_id: str | None = None
    run: str | None = None


def correlation(text: str) -> Correlation:
    """The ids in a frame's text, which may be invalid JSON: cut off, or nested too deeply."""
    whole = whole_json(text)
    try:
        names = _NAMES.decode(whole)
    except (msgspec.MsgspecError, RecursionError):
        return _searched(whole)
    return Correlation(_name(names.client_msg_id), _name(names.run))


def _searched(text: str) -> Correlation:
    found: dict[str, str | None] = {}
    for member in _MEMBER.finditer(text):
        found.setdefault(member["name"], _string(member["value"]))
    return Correlation(**found)


def _string(literal: str) -> str | None:
    try:
        return _name(_STRING.decode(literal))
    except msgspec.MsgspecError:
        return None


def _name(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= _LONGEST else None
