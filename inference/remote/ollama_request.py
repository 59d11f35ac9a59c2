"""Builds requests for Ollama's `POST /api/chat`. Pure."""

from __future__ import annotations

from typing import Any

from inference.errors import InferenceError, InferenceErrorCode
from inference.remote.ollama_facts import OllamaFacts
from inference.remote.ollama_tokens import count
from inference.response_format import ResponseFormat
from inference.text.reasoning import CLOSE, OPEN
from inference.types import Channel, GenerationRequest, OptionReason, OptionRule, SamplingOptions

OPTION_RULES = (OptionRule("logprobs", OptionReason.BACKEND),)
_WHOLE_CONTEXT = -1


def chat_arguments(
    request: GenerationRequest, facts: OllamaFacts, available: int, keep_alive: str
) -> dict[str, Any]:
    """What the package's `chat` takes beside the model; `available` is how many tokens fit.

    Raises `InferenceError` with `unsupported_option`.
    """
    if request.options.logprobs is not None:
        raise _unsupported(request.model, "logprobs")
    return {
        "messages": messages(request),
        "think": request.options.enable_thinking if facts.thinks else None,
        "options": {**load_options(facts), **_options(request.options, available)},
        "format": _format(request.options.response_format),
        "keep_alive": keep_alive_value(keep_alive),
    }


def load_options(facts: OllamaFacts) -> dict[str, int]:
    """What a model is loaded with; with other values Ollama would load it again. A model that runs
    elsewhere is served as its maker chose.
    """
    return {} if facts.is_cloud else {"num_ctx": facts.context_tokens}


def messages(request: GenerationRequest) -> list[dict[str, str]]:
    """With the text so far, if there is any, as a last message that is to be continued."""
    messages = [{"role": m.role, "content": m.content} for m in request.messages]
    so_far = text_so_far(request)
    return [*messages, {"role": "assistant", "content": so_far}] if so_far else messages


def text_so_far(request: GenerationRequest) -> str:
    """The text so far as the model itself wrote it."""
    reasoning, answer = request.reasoning_so_far, request.answer_so_far
    if not reasoning:
        return answer
    return f"{OPEN}\n{reasoning}" + (f"\n{CLOSE}\n\n{answer}" if answer else "")


def continued(request: GenerationRequest) -> Channel | None:
    """The channel in which the answer continues."""
    if request.answer_so_far:
        return "answer"
    return "reasoning" if request.reasoning_so_far else None


def prompt_tokens(request: GenerationRequest, limit: int) -> int:
    """The estimated tokens of the prompt. Ollama itself would silently drop what does not fit.
    Raises `InferenceError` with `context_exceeded`.
    """
    tokens = sum(count([message["content"] for message in messages(request)]))
    if tokens < limit:
        return tokens
    raise InferenceError(
        InferenceErrorCode.CONTEXT_EXCEEDED,
        f"about {tokens} tokens for a context of {limit}",
        detail={"tokens": tokens, "limit": limit},
    )


def keep_alive_value(keep_alive: str) -> float | str | None:
    """Ollama reads numbers as seconds only where they are no texts."""
    try:
        return float(keep_alive)
    except ValueError:
        return keep_alive or None


def _options(options: SamplingOptions, available: int) -> dict[str, Any]:
    wanted = options.max_new_tokens
    named = {
        "temperature": 0.0 if options.is_greedy else options.temperature,
        "top_k": options.top_k,
        "top_p": options.top_p,
        "min_p": options.min_p,
        "repeat_penalty": options.repetition_penalty,
        # Its own 64 tokens would leave most of the text out, which transformers penalizes.
        "repeat_last_n": None if options.repetition_penalty is None else _WHOLE_CONTEXT,
        "presence_penalty": options.presence_penalty,
        "frequency_penalty": options.frequency_penalty,
        "seed": options.seed,
        "stop": list(options.stop) or None,
        # Beyond the context Ollama would forget the beginning instead of ending.
        "num_predict": available if wanted is None else min(wanted, available),
    }
    return {name: value for name, value in named.items() if value is not None}


def _format(wanted: ResponseFormat | None) -> str | dict[str, Any] | None:
    return None if wanted is None else wanted.json_schema or "json"


def _unsupported(model: str, option: str) -> InferenceError:
    return InferenceError(
        InferenceErrorCode.UNSUPPORTED_OPTION,
        f"Ollama has no {option}",
        detail={"model": model, "option": option},
    )
