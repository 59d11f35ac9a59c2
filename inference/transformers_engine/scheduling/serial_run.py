"""One run that `generate` computes: its reader, its draws and its end."""

from __future__ import annotations

import threading
from typing import Any

import torch
from transformers import LogitsProcessor, StoppingCriteria

from inference.errors import InferenceError
from inference.events import GenerationEvent
from inference.transformers_engine.sampling.sampler import sample
from inference.transformers_engine.scheduling.generation import Generation
from inference.transformers_engine.scheduling.reader import Reader, finish


class SerialRun:
    """A generation and its reader, which gets `finish` once and nothing after it."""

    def __init__(self, generation: Generation, reader: Reader) -> None:
        self.generation = generation
        self._reader = reader
        self._lock = threading.Lock()
        self._ended = False

    def emit(self, event: GenerationEvent) -> None:
        with self._lock:
            if not self._ended:
                self._reader.put(event)

    def end(self, failure: InferenceError | None = None) -> None:
        with self._lock:
            if not self._ended:
                self._ended = True
                finish(self._reader, failure)


class Draw(LogitsProcessor):  # type: ignore[misc]
    """Draws the token, emits its events, and leaves it as the only choice of `generate`."""

    def __init__(self, run: SerialRun) -> None:
        self._run = run

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        generation = self._run.generation
        (token,) = sample(scores.float(), [generation.row()])
        for event in generation.take(token):
            self._run.emit(event)
        only = torch.full_like(scores, -torch.inf)
        only[:, token] = 0.0
        return only


class Ended(StoppingCriteria):  # type: ignore[misc]
    """Stops at the token that ended the generation."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation

    def __call__(self, input_ids: torch.Tensor, scores: Any, **_: Any) -> torch.Tensor:
        ended = self._generation.finished is not None
        return torch.tensor([ended], device=input_ids.device)
