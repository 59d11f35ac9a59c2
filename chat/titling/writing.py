"""Generates one title: without a run, queued behind all runs."""

from __future__ import annotations

from contextlib import aclosing

from chat.runs import prompt
from chat.store.titles import Untitled
from chat.store.work import StoredMessage
from chat.titling.cleaned import cleaned
from chat.titling.wording import wording
from inference import Engine, GenerationFinished, GenerationRequest, SamplingOptions, TextDelta

_TOKENS = 32


def request_of(found: Untitled, system_prompt: str) -> GenerationRequest:
    """The conversation followed by the prompt for a title. A model with a prompt cache computes the
    last message only, and keeps the conversation's prefix.
    """
    request = StoredMessage("", "user", wording(found.question))
    return GenerationRequest(
        run=f"title-{found.conversation}",
        model=found.model,
        owner="titles",
        messages=prompt.build([*found.path, request], found.system_prompt or system_prompt),
        options=SamplingOptions(temperature=0, max_new_tokens=_TOKENS, enable_thinking=False),
        background=True,
    )


async def write(engine: Engine, request: GenerationRequest, question: str) -> str:
    """The title; empty if the model gives none. Stops the model if it is cancelled.

    Raises `InferenceError`.
    """
    return cleaned(await _first_line(engine, request), question)


async def _first_line(engine: Engine, request: GenerationRequest) -> str:
    """The first line; empty if the model reasons or reaches its token limit."""
    text = ""
    async with aclosing(engine.generate(request)) as events:
        async for event in events:
            match event:
                case TextDelta("reasoning", piece) if piece.strip():
                    return ""
                case TextDelta("answer", piece):
                    text += piece
                    if "\n" in text.lstrip() and "<think>" not in text:
                        return text
                case GenerationFinished(reason=reason):
                    return text if reason == "stop" else ""
    return ""
