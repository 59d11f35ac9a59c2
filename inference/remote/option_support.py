"""The sampling options that a provider supports, and their bounds."""

from __future__ import annotations

from collections.abc import Iterator

from inference.errors import InferenceError, InferenceErrorCode
from inference.remote.preset import ProviderPreset, Thinking
from inference.types import OptionReason, OptionRule, SamplingOptions

_SAMPLING = (
    "temperature",
    "top_k",
    "top_p",
    "min_p",
    "repetition_penalty",
    "presence_penalty",
    "frequency_penalty",
    "seed",
)
_USUAL_TEMPERATURE = 2.0


def option_rules(preset: ProviderPreset) -> tuple[OptionRule, ...]:
    """What differs from the usual. Stop strings and the length are always possible: what the
    provider does not take is seen to here.
    """
    return tuple(_rules(preset))


def check_options(options: SamplingOptions, preset: ProviderPreset, model: str) -> None:
    """Raises `InferenceError` with `unsupported_option` for one that would have no effect."""
    for rule in _rules(preset):
        value = getattr(options, rule.name)
        if value is None or (rule.name == "do_sample" and value):
            continue
        if not rule.is_supported:
            raise unsupported(model, rule.name)
        if rule.high is not None and value > rule.high:
            raise unsupported(model, f"{rule.name} > {rule.high:g}")


def unsupported(model: str, option: str) -> InferenceError:
    """For an option, by its name in `SamplingOptions`."""
    return InferenceError(
        InferenceErrorCode.UNSUPPORTED_OPTION,
        f"{model} does not take {option}",
        detail={"model": model, "option": option},
    )


def _rules(preset: ProviderPreset) -> Iterator[OptionRule]:
    reason = OptionReason.PROVIDER
    for name in _SAMPLING:
        if name not in preset.options:
            yield OptionRule(name, reason)
    if "temperature" not in preset.options:
        yield OptionRule("do_sample", reason)
    elif preset.temperature_max < _USUAL_TEMPERATURE:
        yield OptionRule("temperature", reason, low=0.0, high=preset.temperature_max)
    if preset.thinking is Thinking.FIXED:
        yield OptionRule("enable_thinking", reason)
    yield OptionRule("logprobs", reason)
