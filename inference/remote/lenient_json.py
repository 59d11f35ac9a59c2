"""Reads JSON of servers, also where it is not quite valid."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

_DEEPEST = 100
"""Levels of nesting allowed: the readers are recursive."""


def read_json(data: bytes) -> Any:
    """The value; raises `ValueError`, also for more than a hundred levels of nesting.

    What the strict decoder refuses is read again leniently: half of a surrogate pair in an
    escape, bytes that are no UTF-8, NaN, control characters in strings.
    """
    try:
        value = _decoded(data)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if data.count(b"[") + data.count(b"{") > _DEEPEST and _is_deep(value):
        raise ValueError("nested too deeply")
    return value


def _decoded(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return json.loads(data.decode("utf-8-sig", "replace"), strict=False)


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in _values(outer)]
        if not level:
            return False
    return True


def _values(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
