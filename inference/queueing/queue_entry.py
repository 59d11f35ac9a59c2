"""One run's place: waiting, then holding a slot, or refused."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from inference.errors import InferenceError
from inference.events import GenerationEvent, GenerationFinished, TextDelta
from inference.metrics import RunClock
from inference.queueing.throughput import Pace
from inference.request import estimate
from inference.types import GenerationRequest, Usage

_LEAST_LEFT = 0.1
"""A run that takes longer than expected is taken to need another tenth of that."""


@dataclass(eq=False, slots=True)
class Ticket:
    """`cost` is what the queue reckons with, in tokens; `failure` is why it was refused."""

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
    def of(cls, request: GenerationRequest, pace: Pace, clock: RunClock) -> Ticket:
        """A place for a request, its tokens guessed."""
        answer = pace.expected_answer(request.options.max_new_tokens)
        prompt = estimate.prompt_tokens(request)
        return cls(request.owner, request.background, prompt, answer, clock)

    @property
    def cost(self) -> int:
        return self.prompt_tokens + self.answer_tokens

    @property
    def spent(self) -> int:
        """Tokens the model computed for it. Of a run that did not finish only deltas are known,
        a token or so each.
        """
        if self.usage is None:
            return (self.prompt_tokens if self.deltas else 0) + self.deltas
        return self.usage.prompt_tokens - self.usage.cached_tokens + self.usage.completion_tokens

    def admit(self) -> None:
        """It has a slot from now on."""
        self.admitted = True
        self.clock.admitted()
        self.changed.set()

    def refuse(self, failure: InferenceError) -> None:
        """It will never have one."""
        self.failure = failure
        self.changed.set()

    def note(self, event: GenerationEvent) -> None:
        """Something was told."""
        match event:
            case TextDelta():
                self.clock.text()
                self.deltas += 1
            case GenerationFinished():
                self.usage = event.usage

    def seconds_needed(self, pace: Pace) -> float | None:
        """How long it will hold a slot, or still holds it; None until a rate is known."""
        whole = pace.seconds(self.prompt_tokens, self.answer_tokens)
        if whole is None:
            return None
        return max(whole - self.clock.held_seconds(), _LEAST_LEFT * whole)
