"""A model whose runs fail at random places, and that crashes now and then."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncGenerator

from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent, GenerationFinished, TextDelta
from inference.request import estimate
from inference.request.history import Fitted
from inference.types import GenerationRequest, Usage
from tests.inference.fake_model import FakeModel


class UnreliableModel(FakeModel):
    """Answers with the words that a request allows. `computed` counts tokens by owner: each word,
    and the prompt with the first one.
    """

    def __init__(self, name: str, slots: int, seed: int) -> None:
        super().__init__(name, slots=slots)
        self.computed: Counter[str] = Counter()
        self.failures = self.crashes = 0
        self._chance = random.Random(seed)

    async def fit(self, request: GenerationRequest) -> Fitted:
        if self._chance.random() < 0.02:
            self.failures += 1
            raise InferenceError(InferenceErrorCode.CONTEXT_EXCEEDED, "too long")
        return Fitted(request)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        self._check_loaded()
        self.open += 1
        assert self.open <= self.card.slots
        try:
            prompt, words = estimate.prompt_tokens(request), request.options.max_new_tokens or 1
            for number in range(words):
                await self._step()
                self._break_by_chance(words)
                self.computed[request.owner] += 1 if number else prompt + 1
                yield TextDelta("answer", f"{number} ")
            yield GenerationFinished("length", Usage(prompt, words))
        finally:
            self.open -= 1

    def _break_by_chance(self, words: int) -> None:
        """A tenth of the runs fail, and a hundredth crash the model."""
        drawn = self._chance.random() * words
        if drawn < 0.01:
            self.crashes += 1
            self.crash(InferenceError(InferenceErrorCode.MODEL_CRASHED, "gone", retryable=True))
        elif drawn < 0.11:
            self.failures += 1
            raise InferenceError(InferenceErrorCode.BACKEND_FAILED, "broken", retryable=True)
        self._check_loaded()
