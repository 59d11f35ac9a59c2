"""Answers that fill the KV cache together all come to their own end."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from inference.backends.model_file import OwnedFile
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent, GenerationFinished
from inference.llama_cpp_engine import completion as llama_completion
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.llama_cpp_engine.channel import Item, LlamaCall, OnItem
from inference.llama_cpp_engine.kv_queue import KvQueue, Reservation
from inference.llama_cpp_engine.listener import LlamaListener
from inference.llama_cpp_engine.request import body
from inference.llama_cpp_engine.run import LlamaRun
from inference.llama_cpp_engine.server import LlamaServer
from inference.llama_cpp_engine.size import SizeSettings
from inference.response_format import ResponseFormat
from inference.types import ModelCard, SamplingOptions
from tests.inference.backends.contract import ignore, read, request, text_of

pytestmark = pytest.mark.model

WANTED = SizeSettings(slots=4, kv_tokens=256, threads=2)
STORIES = [request(f"Tell story number {n}.", max_new_tokens=80) for n in range(4)]
LONG = request("fox " * 180, max_new_tokens=20)


@pytest_asyncio.fixture
async def backend(builtin_file: Path) -> AsyncIterator[LlamaCppBackend]:
    card = ModelCard("m", "M", "llama_cpp", slots=4)
    made = LlamaCppBackend(card, OwnedFile(builtin_file), WANTED, SamplingOptions(temperature=0.0))
    await made.load(ignore)
    yield made
    await made.close()


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[LlamaRun]:
    """All completions there were."""
    made: list[LlamaRun] = []
    begin = LlamaRun.__init__

    def noted(run: LlamaRun, *given: Any) -> None:
        made.append(run)
        begin(run, *given)

    monkeypatch.setattr(LlamaRun, "__init__", noted)
    return made


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer ends before its length."""
    without_end = lambda *given: {**body(*given), "ignore_eos": True}  # noqa: E731
    monkeypatch.setattr(llama_completion, "body", without_end)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.Event]:
    """The first completion keeps its reservation until it is set."""
    proceed, run = asyncio.Event(), LlamaRun._run

    async def holding(this: LlamaRun) -> None:
        monkeypatch.setattr(LlamaRun, "_run", run)
        leave = this._reservation.leave
        monkeypatch.setattr(this._reservation, "leave", lambda: None)
        try:
            await run(this)
            await proceed.wait()
        finally:
            leave()

    monkeypatch.setattr(LlamaRun, "_run", holding)
    yield proceed
    proceed.set()


def _interrupt(monkeypatch: pytest.MonkeyPatch, every: int) -> None:
    """Every completion from now on that may be interrupted, at its item of that number."""
    begin = LlamaRun.__init__

    def short(run: LlamaRun, completion: Any, reservation: Reservation, on_beat: Any) -> None:
        items, grow, share = itertools.count(1), reservation.grow, reservation.share
        outgrown = lambda held: grow(held) or (next(items) == every and not share.steady)  # noqa: E731
        monkeypatch.setattr(reservation, "grow", outgrown)
        begin(run, completion, reservation, on_beat)

    monkeypatch.setattr(LlamaRun, "__init__", short)


async def _begun_to_wait(backend: LlamaCppBackend) -> asyncio.Future[list[GenerationEvent]]:
    """An answer for which there is no space yet."""
    waiting = asyncio.ensure_future(read(backend.generate(LONG)))
    await asyncio.wait({waiting}, timeout=0.5)
    return waiting


def _ends(answers: list[list[GenerationEvent]]) -> list[GenerationFinished]:
    """The one end of each."""
    ends = [
        [event for event in events if isinstance(event, GenerationFinished)] for events in answers
    ]
    assert all(len(each) == 1 for each in ends)
    return [end for (end,) in ends]


def _late_in(text: str, kind: str | None) -> tuple[str, ...]:
    """A stop string that comes behind the middle of what this processor's arithmetic wrote."""
    if kind is None:
        return ()
    words = [f" {word} " for word in text.split()]
    letters = [text[at : at + 4] for at in range(len(text))]
    pieces = words if kind == "word" else letters
    return (next(piece for piece in pieces if text.find(piece) > len(text) // 2),)


@pytest.mark.usefixtures("endless")
async def test_more_long_answers_than_fit_all_come_to_their_length(
    backend: LlamaCppBackend, runs: list[LlamaRun]
) -> None:
    ends = _ends(await asyncio.gather(*(read(backend.generate(story)) for story in STORIES)))
    assert [(end.reason, end.usage.completion_tokens) for end in ends] == [("length", 80)] * 4
    assert max(end.usage.prompt_tokens for end in ends) < 50
    assert len(runs) > 4


@pytest.mark.parametrize("every", [3, 8])
@pytest.mark.parametrize("stopped", [None, "word", "letters"])
async def test_an_interrupted_answer_is_the_one_it_would_have_been(
    backend: LlamaCppBackend,
    runs: list[LlamaRun],
    stopped: str | None,
    every: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = request("Write two sentences about the sea.", max_new_tokens=40)
    stop = _late_in(text_of(await read(backend.generate(asked))), stopped)
    wanted = replace(asked, options=replace(asked.options, stop=stop))
    whole = await read(backend.generate(wanted))
    _interrupt(monkeypatch, every)
    parts = await read(backend.generate(wanted))
    assert len(runs) > 3
    assert text_of(parts) == text_of(whole) != ""
    (expected,), (end,) = _ends([whole]), _ends([parts])
    assert end.reason == expected.reason
    assert end.usage.prompt_tokens == expected.usage.prompt_tokens
    assert end.usage.completion_tokens >= expected.usage.completion_tokens


async def test_a_loop_is_found_across_interruptions(
    backend: LlamaCppBackend, runs: list[LlamaRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = request("Tell a story.", max_new_tokens=1000, repetition_penalty=1.0)
    generated = "The fox ran and ran. " * 8
    _interrupt(monkeypatch, every=12)
    wanted = replace(asked, answer_so_far=generated, stop_repetition=True)
    events = await read(backend.generate(wanted))
    (end,) = _ends([events])
    assert end.reason == "repetition"
    assert len(runs) > 1


@pytest.mark.parametrize("every", [3, 4, 8])
async def test_json_stays_json_across_interruptions(
    backend: LlamaCppBackend, runs: list[LlamaRun], every: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    properties = {"city": {"type": "string", "maxLength": 60}, "people": {"type": "integer"}}
    schema = {"type": "object", "properties": properties, "required": ["city", "people"]}
    asked = request("Describe Paris.", response_format=ResponseFormat(json.dumps(schema)))
    _interrupt(monkeypatch, every)
    events = await read(backend.generate(asked))
    (end,) = _ends([events])
    assert end.reason == "stop"
    assert len(runs) > 1
    received = json.loads(text_of(events))
    assert set(received) == {"city", "people"}
    assert isinstance(received["people"], int)


@pytest.mark.usefixtures("endless")
async def test_max_length_bounds_all_parts_of_an_answer_together(
    backend: LlamaCppBackend, runs: list[LlamaRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    _interrupt(monkeypatch, every=8)
    (end,) = _ends([await read(backend.generate(request("Tell a story.", max_length=70)))])
    assert len(runs) > 2
    assert end.reason == "length"
    assert end.usage.prompt_tokens + end.usage.completion_tokens == 70


@pytest.mark.usefixtures("endless")
async def test_a_part_that_was_complete_before_it_could_be_interrupted_is_the_last(
    backend: LlamaCppBackend, runs: list[LlamaRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    _interrupt(monkeypatch, every=8)
    monkeypatch.setattr(LlamaCall, "stop", lambda _: None)
    (end,) = _ends([await read(backend.generate(request("Tell a story.", max_new_tokens=12)))])
    assert (end.reason, end.usage.completion_tokens, len(runs)) == ("length", 12, 1)


@pytest.mark.usefixtures("endless")
async def test_what_llama_cpp_ended_for_lack_of_space_is_continued(
    backend: LlamaCppBackend, runs: list[LlamaRun]
) -> None:
    """As when it was ahead of what is known of it."""
    assert backend._server is not None
    backend._server.kv = KvQueue(1 << 20)
    ends = _ends(await asyncio.gather(*(read(backend.generate(story)) for story in STORIES)))
    assert [(end.reason, end.usage.completion_tokens) for end in ends] == [("length", 80)] * 4
    assert len(runs) > 4


async def test_an_answer_for_which_there_is_no_space_even_alone_fails(
    backend: LlamaCppBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = {"error": {"code": 500, "message": "Context size has been exceeded."}}

    def begin(_: LlamaServer, wanted: Item, on_item: OnItem) -> LlamaCall:
        call = LlamaCall(on_item, lambda: None)
        call.take(full)
        call.end(None)
        return call

    monkeypatch.setattr(LlamaServer, "begin", begin)
    with pytest.raises(InferenceError) as raised:
        await read(backend.generate(STORIES[0]))
    assert raised.value.code is InferenceErrorCode.BACKEND_FAILED


async def test_a_prompt_that_fits_alone_is_answered_though_others_run(
    backend: LlamaCppBackend,
) -> None:
    ends = _ends(await asyncio.gather(*(read(backend.generate(r)) for r in (*STORIES[:3], LONG))))
    assert ends[-1].usage.prompt_tokens > 180


async def test_nothing_is_counted_where_there_is_budget(
    backend: LlamaCppBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(LlamaListener, "count")
    await asyncio.gather(*(read(backend.generate(request("Hi", max_new_tokens=2))) for _ in "ab"))


async def test_one_whose_reader_sleeps_delays_no_other(backend: LlamaCppBackend) -> None:
    async with aclosing(backend.generate(LONG)) as unread:
        await anext(unread)
        assert _ends([await read(backend.generate(LONG))])


async def test_a_prompt_too_long_is_refused_though_others_run(
    backend: LlamaCppBackend, held: asyncio.Event
) -> None:
    async with aclosing(backend.generate(STORIES[0])) as running:
        await anext(running)
        with pytest.raises(InferenceError) as raised:
            await read(backend.generate(request("fox " * 400)))
        assert raised.value.code is InferenceErrorCode.CONTEXT_EXCEEDED
        held.set()


async def test_closing_one_that_waits_returns_at_once(
    backend: LlamaCppBackend, runs: list[LlamaRun], held: asyncio.Event
) -> None:
    async with aclosing(backend.generate(STORIES[0])) as running:
        await anext(running)
        waiting = await _begun_to_wait(backend)
        waiting.cancel()
        await asyncio.wait({waiting})
        assert waiting.cancelled()
        assert len(runs) == 1
        held.set()
        assert isinstance((await read(running))[-1], GenerationFinished)


async def test_closing_the_backend_ends_one_that_waits(
    backend: LlamaCppBackend, runs: list[LlamaRun], held: asyncio.Event
) -> None:
    async with aclosing(backend.generate(STORIES[0])) as running:
        await anext(running)
        waiting = await _begun_to_wait(backend)
        closing = asyncio.ensure_future(backend.close())
        with pytest.raises(InferenceError) as raised:
            await waiting
        assert raised.value.code is InferenceErrorCode.SHUTTING_DOWN
        assert len(runs) == 1
        held.set()
        await closing
