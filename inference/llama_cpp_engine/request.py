"""The request of one completion to llama.cpp. Pure.

The fields: https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
"""

from __future__ import annotations

from typing import Any

from inference.llama_cpp_engine.prompt import LlamaPrompt
from inference.text.json_answer import answer_grammar
from inference.types import GenerationRequest, SamplingOptions


def body(request: GenerationRequest, prompt: LlamaPrompt) -> dict[str, Any]:
    """The request as a streaming completion that reports its usage at the end.

    Without stop strings: llama.cpp would find them in the tags of reasoning, too.

    Raises `InferenceError` with `invalid_request` for a JSON schema that is not understood.
    """
    return {
        "prompt": prompt.parts,
        "preserved_tokens": list(prompt.shown),
        "stream": True,
        "stream_options": {"include_usage": True},
        **_sampling(request.options),
        **_grammar(request),
    }


def _grammar(request: GenerationRequest) -> dict[str, str]:
    """A grammar: llama.cpp's own field silently ignores what it does not support."""
    wanted = request.options.response_format
    return {} if wanted is None else {"grammar": answer_grammar(wanted, request.answer_so_far)}


def _sampling(options: SamplingOptions) -> dict[str, Any]:
    wanted = {
        "temperature": 0.0 if options.is_greedy else options.temperature,
        "top_k": options.top_k,
        "top_p": options.top_p,
        "min_p": options.min_p,
        "repeat_penalty": options.repetition_penalty,
        "presence_penalty": options.presence_penalty,
        "frequency_penalty": options.frequency_penalty,
        "seed": options.seed,
        "max_tokens": options.max_new_tokens,
    }
    return {name: value for name, value in wanted.items() if value is not None}
