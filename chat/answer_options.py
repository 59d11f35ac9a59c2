"""Sampling options of several origins in one: the request's before the conversation's, and these
before the server's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chat.errors import ChatError, ErrorCode
from chat.wire.protocol import KeptOptions, Options

_LENGTHS = frozenset({"max_length", "max_new_tokens"})


def over(asked: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """`asked`, and what it leaves open from `others`; both hold only options that were chosen.

    Either limit on the length leaves none of the others', and to sample is asked in vain with a
    temperature of 0.
    """
    left = dict(others)
    if _LENGTHS & asked.keys():
        left = {name: value for name, value in left.items() if name not in _LENGTHS}
    if asked.get("do_sample") and left.get("temperature") == 0:
        del left["temperature"]
    return left | dict(asked)


def check_together(options: Options) -> None:
    """Raises `ChatError` with `bad_field` for two options that exclude each other: what draws among
    tokens has no temperature of 0.
    """
    if options.do_sample and options.temperature == 0:
        reason = "`options.do_sample`: true ≠ `options.temperature`: 0"
        raise ChatError(ErrorCode.BAD_FIELD, reason=reason)


def with_usual(options: Options, usual: Options) -> Options:
    """The options of a run over the server's own."""
    chosen = over(msgspec.to_builtins(options), msgspec.to_builtins(usual))
    return msgspec.convert(chosen, KeptOptions)
