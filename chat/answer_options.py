"""Merges sampling options: those of the request override those of the conversation, which override
the server's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chat.errors import ChatError, ErrorCode
from chat.wire.protocol import KeptOptions, Options

_LENGTHS = frozenset({"max_length", "max_new_tokens"})


def over(chosen: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """`chosen` options, completed by `others`; both contain only options that were set.

    If `chosen` has a length limit, those of `others` are ignored; if it has `do_sample`, so is a
    temperature of 0.
    """
    left = dict(others)
    if _LENGTHS & chosen.keys():
        left = {name: value for name, value in left.items() if name not in _LENGTHS}
    if chosen.get("do_sample") and left.get("temperature") == 0:
        del left["temperature"]
    return left | dict(chosen)


def check_together(options: Options) -> None:
    """Raises `ChatError` with `bad_field` for options that exclude each other: `do_sample` and a
    temperature of 0.
    """
    if options.do_sample and options.temperature == 0:
        reason = "`options.do_sample`: true ≠ `options.temperature`: 0"
        raise ChatError(ErrorCode.BAD_FIELD, reason=reason)


def with_usual(options: Options, usual: Options) -> Options:
    """The options of a run, completed by the server's."""
    chosen = over(msgspec.to_builtins(options), msgspec.to_builtins(usual))
    return msgspec.convert(chosen, KeptOptions)
