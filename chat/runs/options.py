"""Sampling options and what a model makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from chat.answer_options import check_together
from chat.errors import ChatError, ErrorCode
from chat.wire.protocol import Options, ResponseFormat
from inference import Ability, ModelCard, OptionRule

_WHOLE = frozenset({"top_k", "seed", "max_new_tokens", "max_length"})
"""Options that are whole numbers."""


def check_options(options: Options, card: ModelCard) -> None:
    """For options that a request names. Raises `ChatError`: `unsupported_option` for one that the
    model cannot take, `bad_field` for a value outside its bounds and for two that exclude each
    other.
    """
    check_together(options)
    for rule, value in _ruled(options, card.option_rules):
        if _is_so_anyway(rule.name, value, card):
            continue
        if not rule.is_supported:
            raise ChatError(ErrorCode.UNSUPPORTED_OPTION, model=card.name, option=rule.name)
        if _bounded(value, rule) != value:
            reason = f"`options.{rule.name}`: {_bounds(rule)} ({card.name})"
            raise ChatError(ErrorCode.BAD_FIELD, reason=reason)


def usable_options(options: Options, rules: Iterable[OptionRule]) -> Options:
    """For options that a conversation keeps, whichever model they were chosen for: without those
    that the model cannot take, the others within its bounds. `GET /models` tells the rules.
    """
    for rule, value in _ruled(options, rules):
        usable = _bounded(value, rule) if rule.is_supported else None
        options = msgspec.structs.replace(options, **{rule.name: usable})
    return options


def _is_so_anyway(name: str, value: Any, card: ModelCard) -> bool:
    """A model that never reasons does what is asked of one that should not, and all write text."""
    if isinstance(value, ResponseFormat):
        return value.type == "text"
    never_reasons = Ability.REASONING not in card.abilities
    return name == "enable_thinking" and value is False and never_reasons


def _ruled(options: Options, rules: Iterable[OptionRule]) -> Iterator[tuple[OptionRule, Any]]:
    for rule in rules:
        value = getattr(options, rule.name, None)
        if value is not None:
            yield rule, value


def _bounded(value: Any, rule: OptionRule) -> Any:
    """Numbers alone have bounds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    kind = int if rule.name in _WHOLE else float
    if rule.low is not None and value < rule.low:
        return kind(rule.low)
    return kind(rule.high) if rule.high is not None and value > rule.high else value


def _bounds(rule: OptionRule) -> str:
    return f"{_written(rule.low)}..{_written(rule.high)}"


def _written(bound: float | None) -> str:
    """All digits: a seed's bound has ten."""
    return "" if bound is None else f"{bound:.12g}"
