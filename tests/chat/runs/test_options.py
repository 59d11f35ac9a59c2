"""What a request may ask of a model, and what is left of options that were kept."""

from __future__ import annotations

import pytest

from chat.errors import ChatError
from chat.runs.options import check_options, usable_options
from chat.wire.protocol import Options, ResponseFormat
from inference import Ability, ModelCard, OptionReason, OptionRule

RULES = (
    OptionRule("top_k", OptionReason.PROVIDER),
    OptionRule("temperature", OptionReason.PROVIDER, 0, 1.5),
    OptionRule("max_new_tokens", OptionReason.PROVIDER, high=8192),
    OptionRule("seed", OptionReason.BACKEND, 0, 2**32 - 2),
    OptionRule("enable_thinking", OptionReason.REASONING),
    OptionRule("response_format", OptionReason.BACKEND),
)
CARD = ModelCard("m", "DeepSeek", "openai_compatible", 8, option_rules=RULES)


def _refusal(options: Options, card: ModelCard = CARD) -> str:
    with pytest.raises(ChatError) as raised:
        check_options(options, card)
    return f"{raised.value.code} {raised.value.detail}"


def test_an_option_that_the_model_cannot_take_is_refused_by_its_name() -> None:
    told = _refusal(Options(top_k=40))
    assert told == "unsupported_option {'model': 'DeepSeek', 'option': 'top_k'}"


def test_a_value_outside_the_models_bounds_is_refused_with_them() -> None:
    assert "`options.temperature`: 0..1.5 (DeepSeek)" in _refusal(Options(temperature=1.6))
    assert "`options.max_new_tokens`: ..8192" in _refusal(Options(max_new_tokens=9000))
    assert "`options.seed`: 0..4294967294 " in _refusal(Options(seed=2**32 - 1))


def test_to_sample_at_a_temperature_of_zero_is_refused() -> None:
    refusal = _refusal(Options(do_sample=True, temperature=0))
    assert refusal.startswith("bad_field")
    assert "`options.do_sample`: true ≠ `options.temperature`: 0" in refusal
    check_options(Options(do_sample=False, temperature=0), CARD)


@pytest.mark.parametrize(
    "options", [Options(), Options(temperature=1.5, top_p=0.5), Options(temperature=0)]
)
def test_what_the_model_can_take_passes(options: Options) -> None:
    check_options(options, CARD)


def test_a_model_that_never_reasons_may_be_asked_not_to() -> None:
    check_options(Options(enable_thinking=False), CARD)
    assert "unsupported_option" in _refusal(Options(enable_thinking=True))
    reasoning = ModelCard("m", "R", "b", 8, abilities=(Ability.REASONING,), option_rules=RULES)
    assert "unsupported_option" in _refusal(Options(enable_thinking=False), reasoning)


def test_kept_options_are_left_out_or_brought_within_the_bounds() -> None:
    kept = Options(temperature=2, top_k=40, top_p=0.5, max_new_tokens=9000)
    assert usable_options(kept, RULES) == Options(temperature=1.5, top_p=0.5, max_new_tokens=8192)


def test_a_whole_number_stays_one() -> None:
    rules = (OptionRule("top_k", OptionReason.BACKEND, 1, 100.0),)
    assert usable_options(Options(top_k=500), rules).top_k == 100


def test_kept_options_that_the_model_takes_stay_as_they_are() -> None:
    kept = Options(temperature=1, stop=["a"], seed=7)
    assert usable_options(kept, RULES) == kept


def test_every_model_writes_text_and_not_every_one_json() -> None:
    check_options(Options(response_format=ResponseFormat("text")), CARD)
    told = _refusal(Options(response_format=ResponseFormat("json_object")))
    assert told == "unsupported_option {'model': 'DeepSeek', 'option': 'response_format'}"
