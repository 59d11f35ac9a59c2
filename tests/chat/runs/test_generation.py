"""The engine's events become a run's log, and one end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator
from typing import Any

import pytest

import inference
from chat.run_events import QueuePosition, RunEnded, RunStarted, TextDelta, TextSnapshot
from chat.runs.generation import generate
from chat.runs.live_run import LiveRun, RunKey
from chat.runs.log import MemoryRunLog
from chat.wire.protocol import Usage as StoredUsage
from inference import (
    ChatMessage,
    Engine,
    EngineEvent,
    GenerationFinished,
    GenerationRequest,
    InferenceError,
    InferenceErrorCode,
    Usage,
)
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend

REQUEST = GenerationRequest("r", "m", "d", ())


class ToldEngine(Engine):
    """Tells what it was given to tell."""

    def __init__(self, *events: EngineEvent) -> None:
        super().__init__([ScriptedBackend(SCENARIOS["plain"], slots=1)], queue_length=1)
        self._events: Iterable[EngineEvent] = events

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[EngineEvent, None]:
        for event in self._events:
            yield event


def _telling(events: Iterator[EngineEvent]) -> ToldEngine:
    engine = ToldEngine()
    engine._events = events
    return engine


@pytest.fixture
def run() -> LiveRun:
    return LiveRun(RunKey("r", "c", "d", "m"), MemoryRunLog(64))


async def test_a_place_in_the_line_is_told_until_the_model_begins(run: LiveRun) -> None:
    with pytest.raises(AssertionError):
        await generate(run, ToldEngine(inference.QueuePosition(2, 1.5, "slot")), REQUEST)
    assert run.queue_position == QueuePosition(2, 1.5, "slot")
    with pytest.raises(AssertionError):
        await generate(run, ToldEngine(inference.Started("m")), REQUEST)
    assert run.queue_position is None


async def test_dropped_turns_are_part_of_the_start_and_of_every_snapshot(run: LiveRun) -> None:
    finished = GenerationFinished("stop", Usage(9, 1))
    await generate(
        run,
        ToldEngine(inference.Started("m", 3), inference.TextDelta("answer", "好"), finished),
        REQUEST,
    )
    assert [n.event for n in run.log.since(0)] == [RunStarted("m", 3), TextDelta("answer", "好")]
    assert run.log.snapshot() == TextSnapshot(1, 2, "m", "", "好", dropped_turns=3)


async def test_tokens_are_counted_on_from_an_earlier_process(run: LiveRun) -> None:
    run.tokens = 40
    deltas = [inference.TextDelta("answer", letter) for letter in "abc"]
    finished = GenerationFinished("stop", Usage(9, 3, 5))
    ended = await generate(run, ToldEngine(inference.Started("m"), *deltas, finished), REQUEST)
    assert run.tokens == 43
    assert isinstance(ended, RunEnded)
    assert ended.usage is not None
    assert (ended.usage.completion_tokens, ended.usage.cached_tokens) == (43, 5)


async def test_nothing_is_appended_once_somebody_has_ended_the_run(run: LiveRun) -> None:
    run.claim_end()
    finished = GenerationFinished("stop", Usage(9, 1))
    await generate(
        run,
        ToldEngine(inference.Started("m"), inference.TextDelta("answer", "x"), finished),
        REQUEST,
    )
    assert run.log.last_seq == 0


async def test_halves_of_characters_are_joined_across_deltas_or_replaced(run: LiveRun) -> None:
    texts = ["一\ud83d", "\ude00二", "\0", "\ud83d"]
    deltas = [inference.TextDelta("answer", text) for text in texts]
    thought = inference.TextDelta("reasoning", "\ude00")
    finished = GenerationFinished("stop", Usage(9, 5))
    await generate(
        run, ToldEngine(inference.Started("m\ud83d"), *deltas, thought, finished), REQUEST
    )
    assert run.log.snapshot().answer == "一😀二\ufffd\ufffd"
    assert run.log.snapshot().reasoning == "\ufffd"
    assert run.log.snapshot().model == "m\ufffd"
    assert run.tokens == 5


async def test_a_reason_nobody_knows_is_told_as_stop(run: LiveRun) -> None:
    reason: Any = "eos\ud83d"
    ended = await generate(
        run, ToldEngine(inference.Started("m"), GenerationFinished(reason, Usage(9, 0))), REQUEST
    )
    assert ended.finish_reason == "stop"


async def test_tokens_are_counted_with_their_text(run: LiveRun) -> None:
    def told() -> Iterator[EngineEvent]:
        for character in "一二三四":
            yield inference.TextDelta("answer", character)
            assert run.tokens == 5 + len(run.log.snapshot().answer)
        yield GenerationFinished("stop", Usage(1, 4))

    run.tokens = 5
    await generate(run, _telling(told()), REQUEST)
    assert run.tokens == 9


async def test_numbers_of_another_server_are_at_most_what_clients_read(run: LiveRun) -> None:
    ended = await generate(
        run, ToldEngine(GenerationFinished("stop", Usage(2**70, 2**70))), REQUEST
    )
    assert ended.usage == StoredUsage(2**53 - 1, 2**53 - 1)


REMOTE = inference.Started("m", provider="DeepSeek")
ASKED = GenerationRequest("r", "m", "d", (ChatMessage("user", "a" * 400),))


async def test_a_provider_is_part_of_the_start_and_of_every_snapshot(run: LiveRun) -> None:
    await generate(run, ToldEngine(REMOTE, GenerationFinished("stop", Usage(9, 1))), REQUEST)
    assert [n.event for n in run.log.since(0)] == [RunStarted("m", 0, "DeepSeek")]
    assert run.log.snapshot().provider == "DeepSeek"


async def test_a_cost_passes_to_the_end(run: LiveRun) -> None:
    told = GenerationFinished("stop", Usage(9, 1, cost=0.5, currency="CNY"))
    ended = await generate(run, ToldEngine(REMOTE, told), REQUEST)
    assert ended.usage == StoredUsage(9, 1, 0, 0.5, "CNY")


async def test_remote_tokens_are_those_that_the_provider_tells(run: LiveRun) -> None:
    text = inference.TextDelta("answer", "好")
    await generate(run, ToldEngine(REMOTE, text, GenerationFinished("stop", Usage(90, 10))), ASKED)
    assert run.remote_tokens == 100


async def test_remote_tokens_are_estimated_where_the_provider_tells_none(run: LiveRun) -> None:
    text = inference.TextDelta("answer", "b" * 40)
    await generate(run, ToldEngine(REMOTE, text, GenerationFinished("stop", Usage(0, 0))), ASKED)
    assert run.remote_tokens == 100 + 4 + 10


@pytest.mark.parametrize(("text", "tokens"), [("b" * 40, 114), ("", 0)])
async def test_a_provider_that_fails_before_its_first_word_has_cost_nothing(
    run: LiveRun, text: str, tokens: int
) -> None:
    def events() -> Iterator[EngineEvent]:
        yield REMOTE
        yield inference.TextDelta("answer", text)
        raise InferenceError(InferenceErrorCode.PROVIDER_DISCONNECTED, "")

    with pytest.raises(InferenceError):
        await generate(run, _telling(events()), ASKED)
    assert run.remote_tokens == tokens


async def test_a_model_of_this_computer_costs_no_remote_tokens(run: LiveRun) -> None:
    text = inference.TextDelta("answer", "好")
    await generate(
        run,
        ToldEngine(inference.Started("m"), text, GenerationFinished("stop", Usage(9, 1))),
        ASKED,
    )
    assert run.remote_tokens == 0
