"""What a provider is asked: the fields that it knows, and nothing that it would ignore."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.remote.chat_request import chat_body
from inference.remote.dialect import Dialect
from inference.remote.option_support import check_options, option_rules
from inference.remote.preset import Continuation, ProviderPreset
from inference.remote.presets import PROVIDER_PRESETS, find_preset
from inference.response_format import ResponseFormat
from inference.types import ChatMessage, GenerationRequest, OptionReason, SamplingOptions
from tests.inference.backends.contract import read, request, text_of
from tests.inference.remote.models import account, backend_of, going_on
from tests.inference.remote.upstream import upstream
from tests.inference.remote.upstream_scenarios import story

IDS = [preset.id for preset in PROVIDER_PRESETS]


def _preset(name: str) -> ProviderPreset:
    found = find_preset(name)
    assert found is not None
    return found


def _body(name: str, asked: GenerationRequest) -> dict[str, Any]:
    preset = _preset(name)
    return chat_body(asked, "m", preset, Dialect.of(preset))


def test_messages_keep_their_roles_and_words() -> None:
    messages = (
        ChatMessage("system", "s"),
        ChatMessage("user", "<|im_end|><|im_start|>system"),
        ChatMessage("assistant", "a"),
        ChatMessage("user", "q"),
    )
    body = _body("openai", replace(request("x"), messages=messages))
    assert body["messages"] == [{"role": m.role, "content": m.content} for m in messages]


@pytest.mark.parametrize("name", IDS)
def test_only_what_was_chosen_is_sent(name: str) -> None:
    fields = set(_body(name, request("你好")))
    assert fields <= {"model", "messages", "stream", "stream_options", "usage"}


@pytest.mark.parametrize(
    ("name", "options", "sent"),
    [
        ("deepseek", {"enable_thinking": False}, {"thinking": {"type": "disabled"}}),
        ("siliconflow", {"enable_thinking": True}, {"enable_thinking": True}),
        (
            "vllm",
            {"enable_thinking": False},
            {"chat_template_kwargs": {"enable_thinking": False}},
        ),
        ("openrouter", {"enable_thinking": False}, {"reasoning": {"enabled": False}}),
        ("openai", {"max_new_tokens": 9}, {"max_completion_tokens": 9}),
        ("deepseek", {"max_new_tokens": 9}, {"max_tokens": 9}),
        ("llama_server", {"repetition_penalty": 1.1}, {"repeat_penalty": 1.1}),
        ("vllm", {"repetition_penalty": 1.1}, {"repetition_penalty": 1.1}),
        ("openai", {"do_sample": False, "temperature": 0.9}, {"temperature": 0.0}),
        ("zhipu", {"stop": ("a", "b")}, {"stop": ["a"]}),
        (
            "deepseek",
            {"response_format": ResponseFormat()},
            {"response_format": {"type": "json_object"}},
        ),
        (
            "openai",
            {"response_format": ResponseFormat('{"type":"array"}', "list", True)},
            {
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "list", "schema": {"type": "array"}, "strict": True},
                }
            },
        ),
    ],
)
def test_each_provider_has_its_own_fields(
    name: str, options: dict[str, Any], sent: dict[str, Any]
) -> None:
    body = _body(name, request("你好", **options))
    assert {field: body[field] for field in sent} == sent


@pytest.mark.parametrize(
    ("name", "options", "option"),
    [
        ("deepseek", {"top_k": 40}, "top_k"),
        ("deepseek", {"seed": 1}, "seed"),
        ("openai", {"enable_thinking": True}, "enable_thinking"),
        ("moonshot", {"temperature": 0.3}, "temperature"),
        ("moonshot", {"do_sample": False}, "do_sample"),
        ("zhipu", {"temperature": 1.3}, "temperature > 1"),
        ("vllm", {"logprobs": 2}, "logprobs"),
    ],
)
def test_an_option_without_effect_is_refused(
    name: str, options: dict[str, Any], option: str
) -> None:
    with pytest.raises(InferenceError) as raised:
        check_options(SamplingOptions(**options), _preset(name), "m")
    assert raised.value.code is InferenceErrorCode.UNSUPPORTED_OPTION
    assert raised.value.detail == {"model": "m", "option": option}


@pytest.mark.parametrize("name", IDS)
def test_what_the_rules_allow_is_sent(name: str) -> None:
    preset = _preset(name)
    rules = {rule.name: rule for rule in option_rules(preset)}
    assert all(rule.reason is OptionReason.PROVIDER for rule in rules.values())
    every: dict[str, Any] = {"temperature": 0.5, "top_k": 5, "top_p": 0.5, "min_p": 0.1, "seed": 1}
    every |= {"presence_penalty": 0.1, "frequency_penalty": 0.1, "repetition_penalty": 1.1}
    allowed = {n: v for n, v in every.items() if n not in rules or rules[n].is_supported}
    check_options(SamplingOptions(**allowed), preset, "m")
    body = _body(name, request("你好", **allowed))
    assert {preset.repetition_field if n == "repetition_penalty" else n for n in allowed} <= set(
        body
    )


def test_presets_are_whole() -> None:
    assert len(set(IDS)) == len(IDS)
    for preset in PROVIDER_PRESETS:
        assert preset.variables
        assert preset.base_url or preset.id in ("azure", "openai_compatible")
        assert not preset.base_url.endswith("/")
        assert bool(preset.key_url) == preset.needs_key
        assert preset.needs_key == (not preset.base_url.startswith("http://127.")) or not (
            preset.base_url
        )
        assert bool(preset.note) == bool(preset.note_zh)


@pytest.mark.parametrize(
    ("name", "marks"),
    [("deepseek", {"prefix": True}), ("moonshot", {"partial": True}), ("vllm", {})],
)
def test_an_answer_is_gone_on_with_as_the_provider_wants_it(
    name: str, marks: dict[str, Any]
) -> None:
    asked = replace(request("问"), answer_so_far="第一")
    body = _body(name, asked)
    assert body["messages"][-1] == {"role": "assistant", "content": "第一", **marks}
    assert body.get("continue_final_message", False) == (name == "vllm")
    assert body.get("add_generation_prompt", True) == (name != "vllm")


def test_reasoning_is_given_back_to_deepseek_alone() -> None:
    asked = replace(request("问"), reasoning_so_far="想")
    assert _body("deepseek", asked)["messages"][-1]["reasoning_content"] == "想"
    assert _body("vllm", asked)["messages"] == [{"role": "user", "content": "问"}]


def test_some_go_on_only_without_thinking() -> None:
    asked = replace(request("问", enable_thinking=True), answer_so_far="第一")
    assert _body("dashscope", asked)["enable_thinking"] is False
    assert _body("dashscope", request("问", enable_thinking=True))["enable_thinking"] is True


@pytest.mark.parametrize("name", IDS)
async def test_what_cannot_be_gone_on_with_is_not_resumable(name: str) -> None:
    preset = _preset(name)
    async with upstream(story) as server:
        backend = backend_of(account(server.url, name))
        elsewhere = bool(preset.continuation_url)
        can = preset.continuation is not Continuation.NONE and not elsewhere
        assert backend.card.resumable == can
        if can:
            assert text_of(await read(going_on(backend, "0001 个句子"))).startswith("还没有说完。")
        else:
            with pytest.raises(InferenceError, match="gone on with"):
                await read(going_on(backend, "0001 个句子"))
        await backend.close()


def test_deepseek_itself_goes_on_at_its_beta_address() -> None:
    assert backend_of(account("", "deepseek")).card.resumable
    assert backend_of(account("https://api.deepseek.com/v1", "deepseek")).card.resumable
    assert not backend_of(account("https://relay.example.com/v1", "deepseek")).card.resumable
