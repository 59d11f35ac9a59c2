"""One run in the queue: waiting, then holding a slot, or refused."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from inference.errors import InferenceError
from inference.events import GenerationEvent, GenerationFinished, TextDelta
from inference.metrics import RunClock
from inference.queueing.throughput import Throughput
from inference.request import estimate
from inference.types import GenerationRequest, Usage

_LEAST_LEFT = 0.1
"""A run that takes longer than expected is assumed to need another tenth of that time."""


@dataclass(eq=False, slots=True)
class QueueEntry:
    """`cost` is an estimate in tokens; `failure` is the reason of a refusal."""

    owner: str
    background: bool
    prompt_tokens: int
    answer_tokens: int
    clock: RunClock = field(default_factory=RunClock)
    admitted: bool = False
    failure: InferenceError | None = None
    usage: Usage | None = None
    deltas: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def of(cls, request: GenerationRequest, throughput: Throughput, clock: RunClock) -> QueueEntry:
        """The entry of a request, with its tokens estimated."""
        answer = throughput.expected_answer(request.options.max_new_tokens)
        prompt = estimate.prompt_tokens(request)
        return cls(request.owner, request.background, prompt, answer, clock)

    @property
    def cost(self) -> int:
        return self.prompt_tokens + self.answer_tokens

    @property
    def spent(self) -> int:
        """Tokens that the model computed for it. For a run that did not finish they are estimated:
        about one for each delta.
        """
        if self.usage is None:
            return (self.prompt_tokens if self.deltas else 0) + self.deltas
        return self.usage.prompt_tokens - self.usage.cached_tokens + self.usage.completion_tokens

    def admit(self) -> None:
        """It has a slot from now on; starts the clock of its answer."""
        self.admitted = True
        self.clock.admitted()
        self.changed.set()

    def refuse(self, failure: InferenceError) -> None:
        """It will get no slot; `failure` is raised to its reader."""
        self.failure = failure
        self.changed.set()

    def observe(self, event: GenerationEvent) -> None:
        """Count an event of its generation."""
        match event:
            case TextDelta():
                self.clock.text()
                self.deltas += 1
            case GenerationFinished():
                self.usage = event.usage

    def seconds_needed(self, throughput: Throughput) -> float | None:
        """How long it will hold a slot, or still holds it; None until a rate is known."""
        whole = throughput.seconds(self.prompt_tokens, self.answer_tokens)
        if whole is None:
            return None
        return max(whole - self.clock.held_seconds(), _LEAST_LEFT * whole)
