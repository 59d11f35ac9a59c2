"""`generate`, one run after the other, generates what it does alone, and ends when cancelled."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

import pytest
import torch
from transformers import AutoTokenizer

from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent, GenerationFinished
from inference.transformers_engine.prompts.chat_template import Prompt
from inference.transformers_engine.scheduling.generation import Generation
from inference.transformers_engine.scheduling.serial_worker import SerialWorker
from inference.types import SamplingOptions
from tests.inference.transformers_engine.any_model import any_model
from tests.inference.transformers_engine.loading.test_architecture import NEW_TOKENS, alone, prompts
from tests.inference.transformers_engine.real_tokenizers import tokenizer_folder
from tests.patience import PATIENCE

ODD: dict[str, dict[str, object]] = {
    "gemma2": {"sliding_window": 16},
    "mamba": {},
    "mistral": {"sliding_window": 16},
}


class CollectingReader:
    """A reader that keeps everything; `wait` is for its end."""

    def __init__(self) -> None:
        self.events: list[GenerationEvent] = []
        self.begun = threading.Event()
        self._ends: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()

    def put(self, item: GenerationEvent) -> None:
        self.events.append(item)
        self.begun.set()

    def finish(self, failure: BaseException | None = None) -> None:
        self._ends.put(failure)

    def wait(self) -> BaseException | None:
        return self._ends.get(timeout=PATIENCE)

    @property
    def ended_once(self) -> bool:
        return self._ends.empty()


def generation(prompt: list[int], available: int = NEW_TOKENS, **options: object) -> Generation:
    chosen = SamplingOptions(**{"temperature": 0.0} | options)  # type: ignore[arg-type]
    return Generation(Prompt(list(prompt), False), chosen, available, TOKENIZER, frozenset())


TOKENIZER = AutoTokenizer.from_pretrained(tokenizer_folder("qwen3")).backend_tokenizer


@pytest.fixture
def worker() -> Iterator[SerialWorker]:
    made = SerialWorker(any_model("mistral", sliding_window=16))
    yield made
    made.close(5)


def code(failure: BaseException | None) -> InferenceErrorCode | None:
    return failure.code if isinstance(failure, InferenceError) else None


@pytest.mark.parametrize("kind", sorted(ODD))
def test_greedy_text_is_that_of_generate(kind: str) -> None:
    model = any_model(kind, **ODD[kind])
    expected = [alone(model, prompt) for prompt in prompts()]
    worker = SerialWorker(model)
    running = [(generation(prompt), CollectingReader()) for prompt in prompts()]
    for one, reader in running:
        worker.submit(one, reader)
    assert [reader.wait() for _, reader in running] == [None] * len(running)
    worker.close(5)
    assert [one.sequence.tokens[one.sequence.prompt_tokens :] for one, _ in running] == expected
    assert all(reader.ended_once for _, reader in running)


def test_a_recommendation_of_the_folder_is_not_applied_twice() -> None:
    model = any_model("mistral", sliding_window=16)
    expected = alone(model, prompts()[3])
    model.generation_config.repetition_penalty = 5.0
    worker, one, reader = SerialWorker(model), generation(prompts()[3]), CollectingReader()
    worker.submit(one, reader)
    assert reader.wait() is None
    worker.close(5)
    assert one.sequence.tokens[one.sequence.prompt_tokens :] == expected


def test_a_cancelled_run_ends_and_the_next_begins(worker: SerialWorker) -> None:
    endless, first = generation([1, 2, 3], available=100_000), CollectingReader()
    worker.submit(endless, first)
    assert first.begun.wait(PATIENCE)
    one, second = generation([4, 5, 6]), CollectingReader()
    worker.submit(one, second)
    worker.cancel(endless)
    assert first.wait() is None
    assert not any(isinstance(event, GenerationFinished) for event in first.events)
    assert second.wait() is None
    assert isinstance(second.events[-1], GenerationFinished)


def test_who_waits_is_cancelled_at_once(worker: SerialWorker) -> None:
    endless, first = generation([1, 2, 3], available=100_000), CollectingReader()
    worker.submit(endless, first)
    waiting, second = generation([4, 5, 6]), CollectingReader()
    assert first.begun.wait(PATIENCE)
    worker.submit(waiting, second)
    worker.cancel(waiting)
    assert second.wait() is None
    assert not second.events


def test_a_prefill_is_left_between_two_layers() -> None:
    model = any_model("mistral", sliding_window=16)
    worker, one, reader = SerialWorker(model), generation(prompts()[4]), CollectingReader()
    seen: list[int] = []

    def cancel(*_: object) -> None:
        worker.cancel(one)
        seen.append(0)

    model.model.layers[0].register_forward_pre_hook(cancel)
    model.model.layers[1].register_forward_hook(lambda *_: seen.append(1))
    worker.submit(one, reader)
    assert reader.wait() is None
    worker.close(5)
    assert seen == [0]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (torch.OutOfMemoryError("no memory"), InferenceErrorCode.OUT_OF_MEMORY),
        (
            RuntimeError("DefaultCPUAllocator: can't allocate memory"),
            InferenceErrorCode.OUT_OF_MEMORY,
        ),
        (MemoryError(), InferenceErrorCode.OUT_OF_MEMORY),
        (RuntimeError("broken"), InferenceErrorCode.BACKEND_FAILED),
    ],
)
def test_an_error_fails_one_run_only(error: Exception, expected: InferenceErrorCode) -> None:
    model = any_model("mistral", sliding_window=16)
    worker, failed, served = SerialWorker(model), CollectingReader(), CollectingReader()

    def fail(*_: object) -> None:
        handle.remove()
        raise error

    handle = model.model.layers[1].register_forward_pre_hook(fail)
    worker.submit(generation([1, 2, 3]), failed)
    worker.submit(generation([1, 2, 3]), served)
    assert code(failed.wait()) is expected
    assert served.wait() is None
    assert isinstance(served.events[-1], GenerationFinished)
    worker.close(5)


def test_closing_ends_who_runs_who_waits_and_who_comes_later(worker: SerialWorker) -> None:
    running, waiting, late = CollectingReader(), CollectingReader(), CollectingReader()
    worker.submit(generation([1, 2, 3], available=100_000), running)
    assert running.begun.wait(PATIENCE)
    worker.submit(generation([1, 2, 3]), waiting)
    assert worker.close(20)
    worker.submit(generation([1, 2, 3]), late)
    ends = [code(reader.wait()) for reader in (running, waiting, late)]
    assert ends == [InferenceErrorCode.SHUTTING_DOWN] * 3


def test_closing_does_not_wait_for_a_layer_that_hangs() -> None:
    model = any_model("mistral", sliding_window=16)
    worker, reader = SerialWorker(model), CollectingReader()
    hangs, go_on = threading.Event(), threading.Event()

    def hang(*_: object) -> None:
        hangs.set()
        go_on.wait(PATIENCE)

    model.model.layers[1].register_forward_pre_hook(hang)
    worker.submit(generation([1, 2, 3]), reader)
    assert hangs.wait(PATIENCE)
    assert not worker.close(0.01)
    assert code(reader.wait()) is InferenceErrorCode.SHUTTING_DOWN
    go_on.set()
    assert worker.close(20)
    assert reader.ended_once


@pytest.mark.parametrize("error", [KeyError("a mistake"), SystemExit(1), KeyboardInterrupt()])
def test_a_thread_that_dies_ends_every_run(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise error

    worker = SerialWorker(any_model("mistral", sliding_window=16))
    monkeypatch.setattr(worker, "_serve", broken)
    collected = [CollectingReader() for _ in range(3)]
    for reader in collected:
        worker.submit(generation([1, 2, 3]), reader)
    assert [code(one.wait()) for one in collected] == [InferenceErrorCode.MODEL_CRASHED] * 3
    assert not worker.is_alive or worker.close(20)
