"""Runs of models that reason: given tokens in, the text of each channel out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from inference.events import GenerationFinished, TextDelta
from inference.text.text_so_far import TextSoFar
from inference.transformers_engine.prompts.chat_template import ChatTemplate, Prompt
from inference.transformers_engine.scheduling.generation import Generation
from inference.types import ChatMessage, SamplingOptions
from tests.inference.transformers_engine.reasoning_families import Family, family

QUESTION = [ChatMessage("user", "hello")]


@cache
def template(name: str, opened: bool) -> ChatTemplate:
    return ChatTemplate(family(name, opened=opened).tokenizer)


def prompt_of(name: str, opened: bool, so_far: TextSoFar = TextSoFar()) -> Prompt:  # noqa: B008
    return template(name, opened).encode(QUESTION, enable_thinking=None, so_far=so_far)


def generation(
    one: Family, prompt: Prompt, *, in_python: bool = False, stop: tuple[str, ...] = ()
) -> Generation:
    decoder = one.tokenizer if in_python else one.tokenizer.backend_tokenizer
    return Generation(prompt, SamplingOptions(stop=stop), 5000, decoder, frozenset({one.end}))


def received(run: Generation, tokens: Iterable[int]) -> dict[str, str]:
    """The text of each channel, up to the end."""
    generated = {"reasoning": "", "answer": ""}
    for event in (event for token in tokens for event in run.take(token)):
        if isinstance(event, TextDelta):
            generated[event.channel] += event.text
    return generated


def encoded(one: Family, text: str) -> list[int]:
    return list(one.tokenizer.encode(text, add_special_tokens=False))


def generated(
    name: str, opened: bool, tokens: Iterable[int], *, in_python: bool = False
) -> dict[str, str]:
    one = family(name, opened=opened)
    run = generation(one, prompt_of(name, opened), in_python=in_python)
    found = received(run, [*tokens, one.end])
    assert isinstance(run.finished, GenerationFinished)
    assert run.finished.reason == "stop"
    return found


def cut_into_tokens(one: Family, text: str, cuts: list[int]) -> list[int]:
    """Special tokens stay whole; other text is encoded in pieces."""
    tokens: list[int] = []
    at = 0
    for part in re.split(r"(<\|?/?[A-Za-z_:]+\|?>|\[/?THINK\])", text):
        number = one.special(part)
        within = sorted({cut - at for cut in cuts if 0 < cut - at < len(part)})
        pieces = [part[begin:end] for begin, end in pairwise([0, *within, len(part)])]
        at += len(part)
        if number is None:
            tokens += [token for piece in pieces for token in encoded(one, piece)]
        else:
            tokens.append(number)
    return tokens
