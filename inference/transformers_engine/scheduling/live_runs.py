"""The runs of a worker that have not ended, with their readers."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress

from inference.errors import InferenceError
from inference.transformers_engine.sampling.sampler_state import Row
from inference.transformers_engine.scheduling.failures import run_failed
from inference.transformers_engine.scheduling.generation import Generation
from inference.transformers_engine.scheduling.reader import Reader, finish
from inference.transformers_engine.scheduling.scheduler import Scheduler
from inference.transformers_engine.scheduling.sequence import Sequence

logger = logging.getLogger(__name__)


class LiveRuns:
    """Every run here is in the scheduler too. A run that leaves gets `finish` once."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._runs: dict[Sequence, tuple[Generation, Reader]] = {}

    def add(self, generation: Generation, reader: Reader) -> None:
        """Add a run; it begins when a slot is free."""
        self._runs[generation.sequence] = (generation, reader)
        self._scheduler.add(generation.sequence)

    def rows(self, sequences: Iterable[Sequence]) -> list[Row]:
        """What the sampler needs to draw each one's next token."""
        return [self._runs[sequence][0].row() for sequence in sequences]

    def deliver(self, sequence: Sequence, token: int) -> None:
        """Give a run its next token. An exception of the run or its reader fails only that run."""
        generation, reader = self._runs[sequence]
        try:
            for event in generation.take(token):
                reader.put(event)
        except Exception as error:
            logger.exception("a run could not take its token")
            self.fail(sequence, run_failed(error))
            return
        if generation.finished:
            self._scheduler.end(sequence)
            self._drop(sequence, None)

    def fail(self, sequence: Sequence, failure: InferenceError) -> None:
        """End a run with `failure`; the content of its slot is not used again."""
        self._scheduler.forget(sequence)
        self._drop(sequence, failure)

    def end_cancelled(self) -> None:
        """End the runs cancelled since the last call, without a failure."""
        for sequence in self._scheduler.cancelled():
            self._scheduler.end(sequence)
            self._drop(sequence, None)

    def end_all(self, failure: InferenceError) -> None:
        """End all runs when the thread ends, even if a reader raises."""
        for sequence in list(self._runs):
            with suppress(BaseException):
                self._drop(sequence, failure)

    def _drop(self, sequence: Sequence, failure: InferenceError | None) -> None:
        _, reader = self._runs.pop(sequence)
        finish(reader, failure)
