"""Which sampling options a model can use, and the refusal of one that it cannot."""

from __future__ import annotations

from collections.abc import Iterable

from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.types import Ability, ModelCard, OptionReason, OptionRule, SamplingOptions

_RANDOM_SEED = 2**32 - 1
"""llama.cpp's LLAMA_DEFAULT_SEED, which draws a seed by chance (llama.h)."""

LLAMA_CPP = (
    OptionRule("seed", OptionReason.BACKEND, low=0, high=_RANDOM_SEED - 1),
    OptionRule("logprobs", OptionReason.BACKEND),
)
NO_FORMAT = OptionRule("response_format", OptionReason.BACKEND)
"""For engines that cannot hold a model to a grammar."""
NO_SWITCH = OptionRule("enable_thinking", OptionReason.REASONING)
"""For a model whose template has no switch for it: it always reasons, or never does."""


def check(options: SamplingOptions, card: ModelCard) -> None:
    """Raises `InferenceError` with `unsupported_option` for one that would have no effect, or
    whose value the model cannot use.
    """
    for rule in card.option_rules:
        if _is_asked(options, rule, card) and not _allows(rule, getattr(options, rule.name)):
            code = InferenceErrorCode.UNSUPPORTED_OPTION
            detail: Detail = {"model": card.name, "option": rule.name}
            raise InferenceError(code, f"{card.id}: {rule.name}", detail=detail)


def with_rule(
    rules: Iterable[OptionRule], rule: OptionRule, *, holds: bool
) -> tuple[OptionRule, ...]:
    """The rules with this one, or without it."""
    others = tuple(one for one in rules if one != rule)
    return (*others, rule) if holds else others


def with_reasoning(abilities: tuple[Ability, ...], *, holds: bool) -> tuple[Ability, ...]:
    """The abilities with reasoning, or without it."""
    others = tuple(one for one in abilities if one is not Ability.REASONING)
    return (Ability.REASONING, *others) if holds else others


def _is_asked(options: SamplingOptions, rule: OptionRule, card: ModelCard) -> bool:
    """Whether the option asks for what the model does anyway: every run has a seed, `do_sample` of
    a model that always samples, no reasoning of one that never reasons.
    """
    if rule.name == "do_sample":
        return options.do_sample is False
    if rule.name == "seed" and not rule.is_supported:
        return False
    if rule.name == "enable_thinking" and Ability.REASONING not in card.abilities:
        return options.enable_thinking is True
    return getattr(options, rule.name) not in (None, ())


def _allows(rule: OptionRule, value: float) -> bool:
    if not rule.is_supported:
        return False
    is_high_enough = rule.low is None or value >= rule.low
    return is_high_enough and (rule.high is None or value <= rule.high)
