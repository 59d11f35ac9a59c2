"""JSON as servers write it: mostly right, and fast to read then."""

from __future__ import annotations

import json
from typing import Any

import msgspec


def read_json(data: bytes) -> Any:
    """The value; raises `ValueError`.

    What the strict decoder refuses is read again leniently: half of a surrogate pair in an
    escape, bytes that are no UTF-8, NaN, control characters in strings.
    """
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        pass
    try:
        return json.loads(data.decode("utf-8-sig", "replace"), strict=False)
    except RecursionError:
        raise ValueError("nested too deeply") from None
