"""A request in OpenAI's shape, with the fields by which providers differ.

Text of a person is a string in a message here; keeping it from becoming control tokens is up to the
provider.
"""

from __future__ import annotations

from typing import Any

from inference.remote.dialect import Dialect
from inference.remote.preset import Continuation, ProviderPreset, Thinking
from inference.types import GenerationRequest, SamplingOptions


def chat_body(
    request: GenerationRequest, model: str, preset: ProviderPreset, dialect: Dialect
) -> dict[str, Any]:
    """The whole body of a chat completion."""
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": m.role, "content": m.content} for m in request.messages],
        **_sampling(request.options, preset, dialect),
        **_thinking(_wants_thinking(request, preset), preset),
    }
    if dialect.stream:
        body["stream"] = True
        if dialect.stream_options:
            body["stream_options"] = {"include_usage": True}
    if preset.cost_currency:
        body["usage"] = {"include": True}
    if continues(request, preset):
        _continue(body, request, preset)
    return body


def continues(request: GenerationRequest, preset: ProviderPreset) -> bool:
    """Whether the provider is given the text so far. Where all of it is reasoning, which only
    DeepSeek takes back, the request is made anew and its reasoning follows the earlier one.
    """
    takes_reasoning = preset.continuation is Continuation.PREFIX
    so_far = request.answer_so_far or (takes_reasoning and request.reasoning_so_far)
    return bool(preset.continuation and so_far)


def _wants_thinking(request: GenerationRequest, preset: ProviderPreset) -> bool | None:
    if preset.continues_without_thinking and continues(request, preset):
        return False
    return request.options.enable_thinking


def _sampling(options: SamplingOptions, preset: ProviderPreset, dialect: Dialect) -> dict[str, Any]:
    wanted = {
        "temperature": 0.0 if options.is_greedy else options.temperature,
        "top_k": options.top_k,
        "top_p": options.top_p,
        "min_p": options.min_p,
        preset.repetition_field: options.repetition_penalty,
        "presence_penalty": options.presence_penalty,
        "frequency_penalty": options.frequency_penalty,
        "seed": options.seed,
        "stop": list(options.stop[: dialect.stops]) or None,
        dialect.max_tokens_field: options.max_new_tokens,
        "response_format": shape.as_openai() if (shape := options.response_format) else None,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def _thinking(wanted: bool | None, preset: ProviderPreset) -> dict[str, Any]:
    if wanted is None:
        return {}
    match preset.thinking:
        case Thinking.ENABLE_THINKING:
            return {"enable_thinking": wanted}
        case Thinking.THINKING_TYPE:
            return {"thinking": {"type": "enabled" if wanted else "disabled"}}
        case Thinking.TEMPLATE:
            return {"chat_template_kwargs": {"enable_thinking": wanted}}
        case Thinking.REASONING:
            return {"reasoning": {"enabled": wanted}}
        case _:
            return {}


def _continue(body: dict[str, Any], request: GenerationRequest, preset: ProviderPreset) -> None:
    message: dict[str, Any] = {"role": "assistant", "content": request.answer_so_far}
    match preset.continuation:
        case Continuation.PREFIX:
            message["prefix"] = True
            if request.reasoning_so_far:
                message["reasoning_content"] = request.reasoning_so_far
        case Continuation.PARTIAL:
            message["partial"] = True
        case Continuation.FINAL_MESSAGE:
            body |= {"continue_final_message": True, "add_generation_prompt": False}
    body["messages"].append(message)
