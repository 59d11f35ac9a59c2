"""What a model cannot do is refused, never left out in silence."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from inference.backends.bounded import BoundedBackend
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.config import EngineConfig
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent
from inference.llama_cpp_engine.prompt import LlamaPrompt
from inference.llama_cpp_engine.request import body
from inference.request.bounds import Bounds
from inference.request.option_rules import (
    LLAMA_CPP,
    NO_FORMAT,
    NO_SWITCH,
    check,
    with_reasoning,
    with_rule,
)
from inference.response_format import ResponseFormat
from inference.specs.registry import open_backends
from inference.text.reasoning_tags import THINK
from inference.types import Ability, ModelCard, OptionReason, OptionRule, SamplingOptions
from tests.inference.backends.contract import request

GREEDY_ALONE = (
    OptionRule("temperature", OptionReason.PROVIDER, high=1.0),
    OptionRule("top_p", OptionReason.REASONING),
    OptionRule("seed", OptionReason.PROVIDER),
    OptionRule("stop", OptionReason.PROVIDER),
    NO_FORMAT,
)


def card(*rules: OptionRule, abilities: tuple[Ability, ...] = ()) -> ModelCard:
    return ModelCard("m", "Model", "test", 1, option_rules=rules, abilities=abilities)


@pytest.mark.parametrize(
    ("options", "refused"),
    [
        (SamplingOptions(temperature=0.5), None),
        (SamplingOptions(temperature=1.0), None),
        (SamplingOptions(temperature=1.5), "temperature"),
        (SamplingOptions(top_p=0.5), "top_p"),
        (SamplingOptions(stop=("x",)), "stop"),
        (SamplingOptions(response_format=ResponseFormat()), "response_format"),
        (SamplingOptions(), None),
        (SamplingOptions(top_k=3, do_sample=True), None),
    ],
)
def test_an_option_is_refused_by_the_rules_of_the_model(
    options: SamplingOptions, refused: str | None
) -> None:
    if refused is None:
        check(options, card(*GREEDY_ALONE))
        return
    with pytest.raises(InferenceError) as raised:
        check(options, card(*GREEDY_ALONE))
    assert raised.value.code is InferenceErrorCode.UNSUPPORTED_OPTION
    assert raised.value.detail == {"model": "Model", "option": refused}


def test_a_model_that_is_not_downloaded_yet_already_lists_what_it_cannot_do(
    tmp_path: Path,
) -> None:
    backends = open_backends(EngineConfig(("qwen3-0.6b",), models_dir=tmp_path))
    assert backends[0].card.option_rules == LLAMA_CPP


def test_the_seed_that_every_run_is_given_is_no_reason_to_refuse_it() -> None:
    check(SamplingOptions(seed=1), card(*GREEDY_ALONE))


def test_the_seed_by_which_llama_cpp_draws_another_is_refused() -> None:
    check(SamplingOptions(seed=2**32 - 2), card(*LLAMA_CPP))
    with pytest.raises(InferenceError):
        check(SamplingOptions(seed=2**32 - 1), card(*LLAMA_CPP))


@pytest.mark.parametrize(
    ("thinking", "abilities", "is_refused"),
    [
        (True, (), True),
        (False, (), False),
        (False, (Ability.REASONING,), True),
        (None, (Ability.REASONING,), False),
    ],
)
def test_without_a_switch_only_what_the_model_does_anyway_may_be_asked(
    thinking: bool | None, abilities: tuple[Ability, ...], is_refused: bool
) -> None:
    asked = SamplingOptions(enable_thinking=thinking)
    if not is_refused:
        check(asked, card(NO_SWITCH, abilities=abilities))
        return
    with pytest.raises(InferenceError):
        check(asked, card(NO_SWITCH, abilities=abilities))


def test_what_is_found_at_loading_replaces_what_was_believed() -> None:
    assert with_rule((NO_SWITCH,), NO_SWITCH, holds=True) == (NO_SWITCH,)
    assert with_rule((NO_SWITCH, *LLAMA_CPP), NO_SWITCH, holds=False) == LLAMA_CPP
    assert with_reasoning((Ability.VISION,), holds=True) == (Ability.REASONING, Ability.VISION)
    assert with_reasoning((Ability.REASONING,), holds=False) == ()


@pytest.mark.parametrize("spec", ["builtin", "a.gguf"])
def test_models_of_llama_cpp_show_their_rules(spec: str) -> None:
    (backend,) = open_backends(EngineConfig((spec,), Path("models")))
    assert backend.card.option_rules == LLAMA_CPP


def test_every_option_without_a_rule_reaches_llama_cpp() -> None:
    """One that `body` left out would be ignored without a word; the template has the switch,
    `max_length` becomes `max_new_tokens`, and stop strings are found in the answer's text.
    """
    prompt = LlamaPrompt(["x"], reasoning_opened=False, tags=THINK, shown=())
    values = {
        "temperature": 0.5, "top_k": 3, "top_p": 0.5, "min_p": 0.1, "repetition_penalty": 1.1,
        "presence_penalty": 0.2, "frequency_penalty": 0.3, "seed": 7, "max_new_tokens": 9,
        "response_format": ResponseFormat(),
    }  # fmt: skip
    plain = body(request("x"), prompt)
    for name, value in values.items():
        assert body(request("x", **{name: value}), prompt) != plain, name
    assert body(request("x", do_sample=False), prompt)["temperature"] == 0.0
    received = {rule.name for rule in LLAMA_CPP if not rule.is_supported}
    fields = set(SamplingOptions.__dataclass_fields__)
    assert fields == {*values, "do_sample", "enable_thinking", "max_length", "stop", *received}


async def test_a_run_with_such_an_option_ends_before_the_model_is_asked() -> None:
    class Limited(ScriptedBackend):
        async def generate(self, request: object) -> AsyncGenerator[GenerationEvent, None]:
            raise AssertionError("asked")
            yield

    limited = Limited(SCENARIOS["plain"], 1)
    limited.card = card(*GREEDY_ALONE)
    events = BoundedBackend(limited, Bounds()).generate(request("x", top_p=0.5))
    with pytest.raises(InferenceError) as raised:
        await anext(events)
    assert raised.value.code is InferenceErrorCode.UNSUPPORTED_OPTION
