"""Executes a planned step; only the runs that cannot be computed end."""

from __future__ import annotations

import logging
import time

from inference.transformers_engine.scheduling.failures import run_failed
from inference.transformers_engine.scheduling.live_runs import LiveRuns
from inference.transformers_engine.scheduling.runner import OutOfDeviceMemoryError, Runner
from inference.transformers_engine.scheduling.scheduler import Scheduler
from inference.transformers_engine.scheduling.sequence import Sequence
from inference.transformers_engine.scheduling.step import Step

logger = logging.getLogger(__name__)


class StepExecution:
    """`beats` counts the passes, for the watchdog."""

    def __init__(self, runner: Runner, scheduler: Scheduler, runs: LiveRuns) -> None:
        self._runner = runner
        self._scheduler = scheduler
        self._runs = runs
        self.beats = 0

    def run(self, step: Step) -> None:
        """Copy, compute, and deliver each run's token. Raises only what ends the thread."""
        if not self._copied(step):
            return
        began = time.perf_counter()
        try:
            sampled = self._sampled(step)
        except (OutOfDeviceMemoryError, MemoryError) as error:
            self._fail_largest(step, error)
        except Exception as error:  # noqa: BLE001 - logged for each run that it ends
            self._run_apart(step, error)
        else:
            self._scheduler.computed(step, time.perf_counter() - began)
            for sequence, token in sampled:
                self._runs.deliver(sequence, token)

    def _copied(self, step: Step) -> bool:
        """Copies only save time: where they fail, the tokens are computed."""
        if not step.copies:
            return True
        try:
            self._runner.copy(step.copies)
        except Exception:
            logger.exception("keys and values could not be copied")
            self._scheduler.not_copied(step)
            return False
        return True

    def _sampled(self, step: Step) -> list[tuple[Sequence, int]]:
        """The sequences that sample in this step, each with its next token."""
        self.beats += 1
        sampling = [piece.sequence for piece in step.pieces if piece.samples]
        rows = self._runs.rows(sampling)
        noted = [len(row.sampler.drawn) for row in rows]
        try:
            tokens = self._runner.tokens(step, rows)
        except Exception:
            # The step is repeated, and its draws would be recorded twice.
            for row, count in zip(rows, noted, strict=True):
                del row.sampler.drawn[count:]
            raise
        return list(zip(sampling, tokens, strict=True))

    def _fail_largest(self, step: Step, error: Exception) -> None:
        """End the piece that needs most memory, by tokens times positions; the others continue."""
        largest = max(step.pieces, key=lambda piece: (piece.end - piece.begin) * piece.end)
        self._runs.fail(largest.sequence, run_failed(error, lacks_memory=True))

    def _run_apart(self, step: Step, error: Exception) -> None:
        """Compute each piece of a failed step alone, so that only the faulty one ends.

        The failed step wrote, if anything, to positions that are written again.
        """
        singles = step.singles
        if len(singles) == 1:
            logger.error("a run failed", exc_info=error)
            self._runs.fail(step.pieces[0].sequence, run_failed(error))
            return
        for single in singles:
            if not single.pieces[0].sequence.cancelled:
                self.run(single)
