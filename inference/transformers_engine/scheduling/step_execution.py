"""Carrying out a planned step, so that only those of its runs end that cannot be computed."""

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
    """`beats` counts the passes, so that a watchdog sees them go on."""

    def __init__(self, runner: Runner, scheduler: Scheduler, runs: LiveRuns) -> None:
        self._runner = runner
        self._scheduler = scheduler
        self._runs = runs
        self.beats = 0

    def run(self, step: Step) -> None:
        """Copy, compute, and tell each run its token. Raises nothing but what ends a thread."""
        if not self._copied(step):
            return
        began = time.perf_counter()
        try:
            sampled = self._sampled(step)
        except (OutOfDeviceMemoryError, MemoryError) as error:
            self._sacrifice(step, error)
        except Exception as error:  # noqa: BLE001 - logged for each run that it ends
            self._run_apart(step, error)
        else:
            self._scheduler.computed(step, time.perf_counter() - began)
            for sequence, token in sampled:
                self._runs.tell(sequence, token)

    def _copied(self, step: Step) -> bool:
        """Copies save time and nothing else: where they fail, what they bring is computed."""
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
        """Whoever samples in this step, with the next token."""
        self.beats += 1
        sampling = [piece.sequence for piece in step.pieces if piece.samples]
        rows = self._runs.rows(sampling)
        noted = [len(row.drawer.drawn) for row in rows]
        try:
            tokens = self._runner.tokens(step, rows)
        except Exception:
            # The step is repeated, and what its draws noted would stand there twice.
            for row, count in zip(rows, noted, strict=True):
                del row.drawer.drawn[count:]
            raise
        return list(zip(sampling, tokens, strict=True))

    def _sacrifice(self, step: Step, error: Exception) -> None:
        """The piece that needs most ends, tokens times what they look at; the others go on."""
        largest = max(step.pieces, key=lambda piece: (piece.end - piece.begin) * piece.end)
        self._runs.fail(largest.sequence, run_failed(error, lacks_memory=True))

    def _run_apart(self, step: Step, error: Exception) -> None:
        """Compute each piece of a failed step alone, so that only the one to blame ends.

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
