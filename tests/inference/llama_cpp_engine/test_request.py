"""The fields of a completion that llama.cpp is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from inference.llama_cpp_engine.prompt import LlamaPrompt
from inference.llama_cpp_engine.request import body
from inference.response_format import ResponseFormat
from inference.text.reasoning_tags import HARMONY
from tests.inference.backends.contract import request

PROMPT = LlamaPrompt(["text", 7], reasoning_opened=False, tags=HARMONY, shown=("<|channel|>",))


def _body(**options: Any) -> dict[str, Any]:
    return body(request("问", **options), PROMPT)


def test_only_given_options_are_sent() -> None:
    wanted = _body(temperature=0.0, stop=("。",))
    assert wanted["temperature"] == 0.0
    assert not {"top_p", "stop"} & wanted.keys()


def test_an_answer_so_far_is_gone_on_with_in_the_middle_of_its_json() -> None:
    asked = replace(request("问", response_format=ResponseFormat()), answer_so_far='{"a": tr')
    assert body(asked, PROMPT)["grammar"].startswith('root ::= "u" "e" ')


def test_the_prompt_is_the_one_that_was_made() -> None:
    assert _body()["prompt"] == ["text", 7]
    assert _body()["preserved_tokens"] == ["<|channel|>"]
    assert "messages" not in _body()


def test_sampling_switched_off_is_a_temperature_of_zero() -> None:
    assert _body(temperature=0.8, do_sample=False)["temperature"] == 0.0
