"""Ways to serve several chats with one transformers model, driven alike.

Greedy, without an end token, so that all say equally much. Each keeps the moment of every piece
of text as the reader gets it.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

import torch
from transformers import ContinuousBatchingConfig, GenerationConfig, TextIteratorStreamer

from bench.engine_models import BenchModel
from inference.events import GenerationEvent, TextDelta
from inference.transformers_engine.model.model_runner import ModelRunner
from inference.transformers_engine.model.packed_linear import pack
from inference.transformers_engine.prompts.chat_template import Prompt
from inference.transformers_engine.scheduling.generation import Generation
from inference.transformers_engine.scheduling.scheduler import Scheduler
from inference.transformers_engine.scheduling.slots import SlotTable
from inference.transformers_engine.scheduling.worker import Worker
from inference.types import SamplingOptions

STEP_TOKENS = 512
_GREEDY = SamplingOptions(temperature=0.0)
_WAIT_SECONDS = 900


@dataclass(eq=False, slots=True)
class Answer:
    """Moments at which one chat got text; `finished` when there will be no more."""

    asked: float = field(default_factory=time.perf_counter)
    at: list[float] = field(default_factory=list)
    finished: threading.Event = field(default_factory=threading.Event)
    failure: BaseException | None = None

    def put(self, item: GenerationEvent) -> None:
        if isinstance(item, TextDelta):
            self.at.append(time.perf_counter())

    def finish(self, failure: BaseException | None = None) -> None:
        self.failure = failure
        self.finished.set()

    def wait(self) -> None:
        """Raises what the engine failed with."""
        if not self.finished.wait(_WAIT_SECONDS):
            raise TimeoutError("no end came")
        if self.failure:
            raise self.failure


class Contender(Protocol):
    """Takes all prompts at once; returns when all answers are whole."""

    def ask(self, prompts: list[list[int]], new_tokens: int) -> list[Answer]: ...

    def close(self) -> None: ...


class OwnEngine:
    """inference.transformers_engine: the worker's thread, as the transformers backend uses it."""

    def __init__(self, made: BenchModel, slots: int, slot_tokens: int) -> None:
        model = made.load()
        pack(model)
        self._tokenizer = made.tokenizer
        self._slot_tokens = slot_tokens
        self._slots = slots
        self.runner = CountingRunner(ModelRunner(model, slots, slot_tokens))
        self.worker = self._empty()

    def begin(self, prompt: list[int], new_tokens: int) -> tuple[Generation, Answer]:
        """One chat; the answer fills by itself."""
        answer = Answer()
        asked = Prompt(prompt, reasoning_opened=False)
        generation = Generation(asked, _GREEDY, new_tokens, self._tokenizer, frozenset())
        self.worker.submit(generation, answer)
        return generation, answer

    def ask(self, prompts: list[list[int]], new_tokens: int) -> list[Answer]:
        answers = [self.begin(prompt, new_tokens)[1] for prompt in prompts]
        for answer in answers:
            answer.wait()
        return answers

    def forget(self) -> None:
        """Begin anew with slots that hold nothing."""
        self.worker.close(10)
        self.worker = self._empty()

    def close(self) -> None:
        self.worker.close(10)

    def _empty(self) -> Worker:
        return Worker(self.runner, Scheduler(SlotTable(self._slots), STEP_TOKENS))


class CountingRunner:
    """Counts the steps of the runner it stands before."""

    def __init__(self, runner: ModelRunner) -> None:
        self._runner = runner
        self.steps = 0

    def copy(self, copies: Any) -> None:
        self._runner.copy(copies)

    def tokens(self, step: Any, rows: Any) -> list[int]:
        self.steps += 1
        return self._runner.tokens(step, rows)


class ThreadPerRequest:
    """The tutorials' way: `generate` in a thread of its own, a TextIteratorStreamer to read."""

    def __init__(self, made: BenchModel, *, device: str) -> None:
        self._model = made.load()
        self._tokenizer = _Decoder(made)
        self._device = device

    def ask(self, prompts: list[list[int]], new_tokens: int) -> list[Answer]:
        answers = [Answer() for _ in prompts]
        threads = [
            threading.Thread(target=self._generate, args=(prompt, new_tokens, answer))
            for prompt, answer in zip(prompts, answers, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def close(self) -> None:
        del self._model

    def _generate(self, prompt: list[int], new_tokens: int, answer: Answer) -> None:
        ids = torch.tensor([prompt], device=self._device)
        streamer = _TimedStreamer(self._tokenizer, answer)
        with torch.inference_mode():
            self._model.generate(
                ids,
                attention_mask=torch.ones_like(ids),
                max_new_tokens=new_tokens,
                min_new_tokens=new_tokens,
                do_sample=False,
                streamer=streamer,
                pad_token_id=0,
            )
        answer.finish()


class _TimedStreamer(TextIteratorStreamer):  # type: ignore[misc]
    """Notes each token's moment: what it holds back as text is its own affair."""

    def __init__(self, tokenizer: Any, answer: Answer) -> None:
        super().__init__(tokenizer, skip_prompt=True)
        self._answer = answer
        self._has_prompt = False

    def put(self, value: Any) -> None:
        if self._has_prompt:
            self._answer.at.append(time.perf_counter())
        self._has_prompt = True
        super().put(value)


class _Decoder:
    """As much of a tokenizer as a streamer uses."""

    def __init__(self, made: BenchModel) -> None:
        self._tokenizer = made.tokenizer

    def decode(self, tokens: list[int], **_: Any) -> str:
        text: str = self._tokenizer.decode(tokens)
        return text


class BatchingManager:
    """transformers' own ContinuousBatchingManager, one request per chat, streamed."""

    def __init__(self, made: BenchModel, slots: int, slot_tokens: int) -> None:
        model = made.load()
        pages = -(-slot_tokens // _PAGE) + 1
        config = ContinuousBatchingConfig(
            page_size=_PAGE, num_blocks=slots * pages, max_batch_tokens=STEP_TOKENS
        )
        self._manager = model.init_continuous_batching(
            GenerationConfig(do_sample=False, eos_token_id=-1), config
        )
        self._manager.start()

    def ask(self, prompts: list[list[int]], new_tokens: int) -> list[Answer]:
        answers = {self._request(prompt, new_tokens): Answer() for prompt in prompts}
        open_answers = set(answers)
        while open_answers:
            result = self._manager.get_result(timeout=_WAIT_SECONDS)
            if result is None:
                raise TimeoutError("no result came")
            answers[result.request_id].at.append(time.perf_counter())
            if result.is_finished():
                open_answers.discard(result.request_id)
        return list(answers.values())

    def close(self) -> None:
        self._manager.stop(block=True)

    def _request(self, prompt: list[int], new_tokens: int) -> str:
        request: str = self._manager.add_request(
            prompt, max_new_tokens=new_tokens, streaming=True, eos_token_id=-1
        )
        return request


_PAGE = 64
