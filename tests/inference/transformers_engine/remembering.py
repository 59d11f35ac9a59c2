"""A worker without a model: its runner remembers what each slot holds, and answers by that."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from inference.events import GenerationEvent
from inference.transformers_engine.prompts.chat_template import Prompt
from inference.transformers_engine.sampling.sampler_state import Row
from inference.transformers_engine.scheduling.generation import Generation
from inference.transformers_engine.scheduling.scheduler import Scheduler
from inference.transformers_engine.scheduling.sequence import Sequence
from inference.transformers_engine.scheduling.slots import PrefixCopy, SlotTable, TakenSlot
from inference.transformers_engine.scheduling.step import Step
from inference.transformers_engine.scheduling.worker import Worker
from inference.types import SamplingOptions
from tests.patience import PATIENCE

VOCABULARY = 97
_WAIT_SECONDS = PATIENCE
_GARBAGE = [-1]
POISON = 1000
"""No token of the vocabulary."""

TOKENIZER = Tokenizer(WordLevel({str(n): n for n in range(VOCABULARY)}, unk_token="0"))


def next_token(tokens: Iterable[int]) -> int:
    """Depends on every token before it and on their order."""
    mixed = 7
    for token in tokens:
        mixed = (mixed * 31 + token + 1) % 1_000_003
    return mixed % VOCABULARY


def expected(prompt: list[int], count: int) -> list[int]:
    """The text of a run whose slot always held valid keys and values."""
    tokens = list(prompt)
    for _ in range(count):
        tokens.append(next_token(tokens))
    return tokens[len(prompt) :]


class RememberingRunner:
    """`mistakes` maps a step's number to what it raises, after it has spoilt its slots.

    A step that computes the token `POISON` always fails. With `copy_fails` copies leave garbage
    behind. With `held` every step waits until the test lets it go on.
    """

    def __init__(
        self, slots: int, mistakes: dict[int, BaseException] | None = None, *, held: bool = False
    ) -> None:
        self.copy_fails = False
        self.steps: list[list[Sequence]] = []
        self.entered = threading.Semaphore(0)
        self.allowed = threading.Semaphore(0)
        self._held = held
        self._mistakes = mistakes or {}
        self._slots: list[list[int]] = [[] for _ in range(slots)]

    def copy(self, copies: Iterable[PrefixCopy]) -> None:
        for one in copies:
            held = self._slots[one.source][: one.tokens]
            assert len(held) == one.tokens
            self._slots[one.target][: one.tokens] = _GARBAGE if self.copy_fails else held
        if self.copy_fails:
            raise ValueError("no copy")

    def tokens(self, step: Step, rows: list[Row]) -> list[int]:
        number = len(self.steps)
        self.steps.append([piece.sequence for piece in step.pieces])
        self._wait()
        mistake = self._mistakes.get(number)
        if any(POISON in piece.tokens for piece in step.pieces):
            mistake = ValueError("poison")
        self._write(step, spoilt=mistake is not None)
        if mistake is not None:
            raise mistake
        return [
            next_token(self._slots[piece.sequence.slot or 0])
            for piece in step.pieces
            if piece.samples
        ]

    def _wait(self) -> None:
        self.entered.release()
        if self._held:
            assert self.allowed.acquire(timeout=_WAIT_SECONDS)

    def _write(self, step: Step, *, spoilt: bool) -> None:
        for piece in step.pieces:
            slot = self._slots[piece.sequence.slot or 0]
            written = _GARBAGE * len(piece.tokens) if spoilt else piece.tokens
            slot[piece.begin :] = written


class Ear:
    """A reader that counts its ends."""

    def __init__(self) -> None:
        self.events: list[GenerationEvent] = []
        self.ends: list[BaseException | None] = []
        self._ended = threading.Event()

    def put(self, item: GenerationEvent) -> None:
        assert not self.ends
        self.events.append(item)

    def finish(self, failure: BaseException | None = None) -> None:
        self.ends.append(failure)
        self._ended.set()

    def wait(self) -> BaseException | None:
        assert self._ended.wait(_WAIT_SECONDS)
        (end,) = self.ends
        return end


class WatchedSlots(SlotTable):
    """Remembers who was let in, in order, by the list that is the run's tokens."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.admitted: list[int] = []

    def take(self, prompt: list[int]) -> TakenSlot:
        self.admitted.append(id(prompt))
        return super().take(prompt)


class Bench:
    """A worker over `slots` slots, with everything a test wants to look at."""

    def __init__(self, runner: RememberingRunner, slots: int, step_tokens: int = 8) -> None:
        self.runner = runner
        self.slots = WatchedSlots(slots)
        self.scheduler = Scheduler(self.slots, step_tokens)
        self.worker = Worker(runner, self.scheduler)

    def submit(self, prompt: list[int], new_tokens: int) -> tuple[Generation, Ear]:
        generation, ear = prepared(prompt, new_tokens), Ear()
        self.worker.submit(generation, ear)
        return generation, ear


def prepared(prompt: list[int], new_tokens: int) -> Generation:
    options = SamplingOptions(max_new_tokens=new_tokens)
    return Generation(Prompt(prompt, False), options, 1000, TOKENIZER, frozenset())


def generated(generation: Generation) -> list[int]:
    return generation.sequence.tokens[generation.sequence.prompt_tokens :]
