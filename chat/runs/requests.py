"""What the engine is asked for a run, be it new or one to go on with."""

from __future__ import annotations

from typing import Any

import msgspec

import inference
from chat.runs import prompt
from chat.store import Work
from chat.wire.protocol import Options, ResponseFormat
from inference import GenerationRequest, SamplingOptions


def build(work: Work, system_prompt: str, prompt_tokens: int) -> GenerationRequest:
    """The request: the path's messages, and the text the model goes on from.

    `system_prompt` is the server's own, for conversations that have none. `prompt_tokens` is the
    member's limit, 0 for none.
    """
    return GenerationRequest(
        run=work.run,
        model=work.model,
        owner=work.device,
        messages=prompt.build(work.path, work.system_prompt or system_prompt),
        options=_sampling(work.options, work.tokens_counted),
        reasoning_so_far=work.text.reasoning,
        answer_so_far=work.text.answer,
        prompt_tokens=prompt_tokens or None,
        tokens_so_far=work.tokens_counted,
    )


def is_used_up(work: Work) -> bool:
    """Whether the text already has all tokens it was allowed, so that only its end is missing."""
    allowed = work.options.max_new_tokens
    return allowed is not None and work.tokens_counted >= allowed


def _sampling(options: Options, tokens: int) -> SamplingOptions:
    """The allowance counts the answer since it was last asked for, so what is written of that is
    taken off it.
    """
    chosen: dict[str, Any] = msgspec.structs.asdict(options)
    if options.max_new_tokens is not None:
        chosen["max_new_tokens"] = max(options.max_new_tokens - tokens, 1)
    chosen["stop"] = tuple(options.stop or ())
    chosen["response_format"] = _format(options.response_format)
    return SamplingOptions(**chosen).one_length()


def _format(wanted: ResponseFormat | None) -> inference.ResponseFormat | None:
    if wanted is None or wanted.type == "text":
        return None
    if (named := wanted.json_schema) is None:
        return inference.ResponseFormat()
    schema = msgspec.json.encode(named.schema).decode()
    return inference.ResponseFormat(schema, named.name, named.strict)
