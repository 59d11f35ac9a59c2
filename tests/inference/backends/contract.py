"""What every backend must keep. A test module of a backend subclasses `BackendContract`."""

from __future__ import annotations

import asyncio
import itertools
import threading
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from inference.backends.base import Backend
from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent, GenerationFinished, TextDelta
from inference.request.history import Fitted
from inference.restarts import Recovery
from inference.text.watch import RepetitionWatch
from inference.types import ChatMessage, Download, GenerationRequest, ModelState, SamplingOptions
from tests.patience import PATIENCE


def request(content: str, **options: Any) -> GenerationRequest:
    """A one-turn request; the same words for every backend."""
    messages = (ChatMessage("user", content),)
    return GenerationRequest("r", "m", "a", messages, SamplingOptions(**options))


def conversation(turns: int, words: int) -> tuple[ChatMessage, ...]:
    """`turns` questions with answers of so many words, and a question more."""
    received = [
        ChatMessage(role, f"{number} " + "word " * words)
        for number in range(turns)
        for role in ("user", "assistant")
    ]
    return (*received, ChatMessage("user", "Go on."))


def text_of(events: list[GenerationEvent]) -> str:
    """The text of both channels."""
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def so_far(wanted: GenerationRequest, received: list[GenerationEvent]) -> GenerationRequest:
    """The request that continues after the text received."""
    texts = {"reasoning": "", "answer": ""}
    for event in received:
        if isinstance(event, TextDelta):
            texts[event.channel] += event.text
    return replace(wanted, reasoning_so_far=texts["reasoning"], answer_so_far=texts["answer"])


def ignore(state: ModelState, progress: float | None, download: Download | None = None) -> None:
    """A progress callback that does nothing."""


async def read(events: AsyncGenerator[GenerationEvent, None]) -> list[GenerationEvent]:
    """All events of one request."""
    async with aclosing(events):
        return [event async for event in events]


class BackendContract(ABC):
    """`backend` is loaded and talks at length; `context_tokens` is its limit."""

    says_valid_text = True
    """Random weights also say bytes that are no character, which U+FFFD then stands for."""
    goes_on_in_the_same_words = True
    """Random weights also say tokens that their own text is not encoded to."""
    least_kept = 2
    """What is kept of a history too long fills more than this part of the context."""
    failed = InferenceErrorCode.BACKEND_FAILED
    crashed = InferenceErrorCode.MODEL_CRASHED
    stalled = InferenceErrorCode.MODEL_STALLED
    """Failures of a model elsewhere have codes of their own, and never count as its crash."""

    @pytest.fixture
    @abstractmethod
    def backend(self) -> Backend:
        """A loaded backend with at least two slots."""

    @abstractmethod
    def break_next_run(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make the model fail once, after the next run's first text."""

    @abstractmethod
    def crash(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        """Break what runs the loaded model for good: the run that goes on next meets it."""

    @abstractmethod
    def hang(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        """Let the loaded model do no further step in a run; what is returned lets it go on."""

    async def test_there_is_text_and_then_exactly_one_end(self, backend: Backend) -> None:
        *texts, end = await read(backend.generate(request("Count to three.", max_new_tokens=12)))
        assert isinstance(end, GenerationFinished)
        assert texts
        assert all(isinstance(event, TextDelta) and event.text for event in texts)

    async def test_the_length_limit_is_distinguished_from_a_stop(self, backend: Backend) -> None:
        events = await read(backend.generate(request("Tell a long story.", max_new_tokens=5)))
        end = events[-1]
        assert isinstance(end, GenerationFinished)
        assert end.reason == "length"
        assert end.usage.completion_tokens == 5
        assert end.usage.prompt_tokens > 0

    async def test_a_longer_prompt_counts_more_tokens(self, backend: Backend) -> None:
        short, long = [
            (await read(backend.generate(request("word " * n, max_new_tokens=1))))[-1]
            for n in (2, 40)
        ]
        assert isinstance(short, GenerationFinished)
        assert isinstance(long, GenerationFinished)
        assert long.usage.prompt_tokens > short.usage.prompt_tokens + 30

    async def test_a_prompt_too_long_is_refused_with_the_numbers(self, backend: Backend) -> None:
        limit = backend.card.context_tokens
        assert limit is not None
        with pytest.raises(InferenceError) as raised:
            await read(backend.generate(request("word " * limit)))
        assert raised.value.code is InferenceErrorCode.CONTEXT_EXCEEDED
        assert raised.value.detail["limit"] == limit
        assert int(raised.value.detail["tokens"]) > limit

    async def test_after_a_refusal_it_still_works(self, backend: Backend) -> None:
        with pytest.raises(InferenceError):
            await read(backend.generate(request("word " * (backend.card.context_tokens or 0))))
        events = await read(backend.generate(request("Hello", max_new_tokens=2)))
        assert isinstance(events[-1], GenerationFinished)

    async def test_closing_the_iterator_frees_the_slot(self, backend: Backend) -> None:
        for _ in range(backend.card.slots * 2):
            events = backend.generate(request("Tell a long story."))
            assert isinstance(await anext(events), TextDelta)
            await asyncio.wait_for(events.aclose(), 60)

    async def test_all_slots_answer_at_once(self, backend: Backend) -> None:
        requests = [request(f"Story {n}.", max_new_tokens=6) for n in range(backend.card.slots)]
        answers = await asyncio.gather(*(read(backend.generate(r)) for r in requests))
        assert all(isinstance(events[-1], GenerationFinished) for events in answers)

    async def test_a_full_backend_serves_the_next_once_an_iterator_is_closed(
        self, backend: Backend
    ) -> None:
        full = [backend.generate(request(f"Story {n}.")) for n in range(backend.card.slots)]
        for events in full:
            await anext(events)
        await full.pop(0).aclose()
        assert await read(backend.generate(request("Hello", max_new_tokens=2)))
        for events in full:
            await events.aclose()

    async def test_a_stop_string_ends_the_answer_and_is_not_emitted(self, backend: Backend) -> None:
        options = {"max_new_tokens": 40, "temperature": 0.0, "seed": 1}
        whole = text_of(await read(backend.generate(request("Count to nine.", **options))))
        stop = whole[len(whole) // 2 :][:3]
        *received, end = await read(
            backend.generate(request("Count to nine.", stop=(stop,), **options))
        )
        assert isinstance(end, GenerationFinished)
        assert end.reason == "stop"
        assert text_of(received) == whole.partition(stop)[0]
        assert 0 < end.usage.completion_tokens < 40

    async def test_a_loop_ends_the_answer_and_frees_the_slot(
        self, backend: Backend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wanted = replace(request("Tell a long story."), stop_repetition=True)
        for _ in range(backend.card.slots + 1):
            looks = itertools.count()
            monkeypatch.setattr(RepetitionWatch, "is_loop", lambda *_, at=looks: next(at) == 6)
            *texts, end = await read(backend.generate(wanted))
            assert isinstance(end, GenerationFinished)
            assert end.reason == "repetition"
            assert 0 < len(texts) <= end.usage.completion_tokens < 40
            assert end.usage.prompt_tokens > 0

    async def test_a_history_too_long_is_cut_and_answered(self, backend: Backend) -> None:
        limit = backend.card.context_tokens or 0
        history = conversation(turns=12, words=limit // 16)
        asked = replace(request("Go on.", max_new_tokens=3), messages=history)
        fitted = await backend.fit(asked)
        assert 0 < fitted.dropped_turns < 12
        assert fitted.request.messages == history[2 * fitted.dropped_turns :]
        end = (await read(backend.generate(fitted.request)))[-1]
        assert isinstance(end, GenerationFinished)
        assert end.usage.prompt_tokens > limit // self.least_kept

    async def test_a_short_history_is_left_alone(self, backend: Backend) -> None:
        asked = replace(request("Go on."), messages=conversation(turns=2, words=3))
        assert await backend.fit(asked) == Fitted(asked)

    async def test_an_answer_goes_on_where_it_was_cut(self, backend: Backend) -> None:
        """Real weights at every delta, which is where an answer's text can end."""
        wanted = request("Tell a long story.", max_new_tokens=16, temperature=0.0)
        *deltas, end = await read(backend.generate(wanted))
        assert isinstance(end, GenerationFinished)
        for cut in {1, len(deltas) // 2, len(deltas)}:
            received = so_far(wanted, deltas[:cut])
            *rest, last = await read(backend.generate(received))
            assert isinstance(last, GenerationFinished)
            assert last.usage.prompt_tokens > end.usage.prompt_tokens
            assert last.reason == "stop" or last.usage.completion_tokens == 16
            whole = text_of(deltas[:cut]) + text_of(rest)
            assert whole.startswith(text_of(deltas)) or not self.goes_on_in_the_same_words

    async def test_a_stop_string_is_found_in_what_is_gone_on_with(self, backend: Backend) -> None:
        wanted = request("Count to nine.", max_new_tokens=30, temperature=0.0)
        deltas = (await read(backend.generate(wanted)))[:-1]
        received = so_far(wanted, deltas[: len(deltas) // 3])
        rest = text_of(await read(backend.generate(received)))
        stop = rest[len(rest) // 2 :][:3]
        options = replace(received.options, stop=(stop,))
        *words, end = await read(backend.generate(replace(received, options=options)))
        assert isinstance(end, GenerationFinished)
        assert end.reason == "stop"
        assert text_of(words) == rest.partition(stop)[0]

    async def test_an_error_in_the_middle_is_one_error_and_the_next_run_works(
        self, backend: Backend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.break_next_run(backend, monkeypatch)
        events = backend.generate(request("Tell a long story."))
        assert isinstance(await anext(events), TextDelta)
        with pytest.raises(InferenceError) as raised:
            await read(events)
        assert raised.value.code is self.failed
        with pytest.raises(StopAsyncIteration):
            await anext(events)
        assert isinstance(
            (await read(backend.generate(request("Hello", max_new_tokens=2))))[-1],
            GenerationFinished,
        )

    async def test_a_load_given_up_leaves_nothing_and_can_be_begun_again(
        self, backend: Backend
    ) -> None:
        await backend.close()
        before = set(threading.enumerate())
        loading = asyncio.ensure_future(backend.load(ignore))
        await asyncio.sleep(0)
        loading.cancel()
        await asyncio.wait({loading}, timeout=PATIENCE)
        assert loading.done()
        await backend.close()
        started = set(threading.enumerate()) - before
        left = [thread for thread in started if not thread.name.startswith("asyncio")]
        for thread in left:  # transformers lets its pool go without waiting for its threads
            thread.join(timeout=PATIENCE)
        assert not [thread.name for thread in left if thread.is_alive()]
        await backend.load(ignore)
        assert await read(backend.generate(request("Hello", max_new_tokens=2)))

    async def test_text_is_whole_characters(self, backend: Backend) -> None:
        events = await read(backend.generate(request("用中文和 emoji 😀 回答", max_new_tokens=40)))
        text = "".join(event.text for event in events if isinstance(event, TextDelta))
        text.encode()
        assert "\ufffd" not in text or not self.says_valid_text

    async def test_closing_ends_open_iterators(self, backend: Backend) -> None:
        events = backend.generate(request("Tell a long story."))
        await anext(events)
        await backend.close()
        await backend.close()
        with pytest.raises(InferenceError) as raised:
            await read(events)
        assert raised.value.code is InferenceErrorCode.SHUTTING_DOWN

    async def test_after_a_crash_it_is_loaded_again_and_answers(
        self, backend: Backend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with _engine(backend, Recovery(delays=(0.0,))) as engine:
            self.crash(backend, monkeypatch)
            going_on = _to(backend, "Tell a long story.", "Once upon a time")
            assert await _failure(engine, going_on) is self.crashed
            *_, end = [event async for event in engine.generate(_to(backend, "Hello"))]
            assert isinstance(end, GenerationFinished)

    async def test_a_model_that_hangs_is_found_and_loaded_again_once_it_lets_go(
        self, backend: Backend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with _engine(backend, Recovery(delays=(0.0, 1.0), stall_seconds=3.0)) as engine:
            let_go = self.hang(backend, monkeypatch)
            endless = replace(request("Tell a long story."), model=backend.card.id)
            assert await _failure(engine, endless) is self.stalled
            let_go()
            *_, end = [event async for event in engine.generate(_to(backend, "Hello"))]
            assert isinstance(end, GenerationFinished)


@asynccontextmanager
async def _engine(backend: Backend, recovery: Recovery) -> AsyncIterator[Engine]:
    """An engine that has loaded the model, unless there is nothing to load."""
    if backend.card.state is not ModelState.READY:
        await backend.close()
    made = Engine([backend], queue_length=4, recovery=recovery)
    made.load_default()
    async for (card,) in made.watch():
        if card.state is ModelState.READY:
            break
    yield made
    await made.close()


def _to(backend: Backend, content: str, so_far: str = "") -> GenerationRequest:
    asked = request(content, max_new_tokens=2)
    return replace(asked, model=backend.card.id, answer_so_far=so_far)


async def _failure(engine: Engine, wanted: GenerationRequest) -> InferenceErrorCode:
    """What the run ends with."""
    with pytest.raises(InferenceError) as raised:
        async for _ in engine.generate(wanted):
            pass
    assert raised.value.retryable
    return raised.value.code
