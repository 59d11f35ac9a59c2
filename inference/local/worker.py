"""The one thread that owns the model: plan, compute, sample, tell; again while there is work."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Protocol

from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent
from inference.local.drawer import Row
from inference.local.generation import Generation
from inference.local.scheduler import Scheduler, Step
from inference.local.sequence import Sequence
from inference.local.slots import PrefixCopy

logger = logging.getLogger(__name__)


class OutOfDeviceMemoryError(Exception):
    """A step did not fit; what it allocated is free again."""


class Runner(Protocol):
    """What computes a step; see `model_runner.ModelRunner`."""

    def copy(self, copies: Iterable[PrefixCopy]) -> None:
        """Write what some slots hold to others, in this order, before the step is computed."""
        ...

    def tokens(self, step: Step, rows: list[Row]) -> list[int]:
        """The next token of each sampling piece. `OutOfDeviceMemoryError` if it does not fit."""
        ...


class Reader(Protocol):
    """Where one run's events go; called in the worker's thread."""

    def put(self, item: GenerationEvent) -> None: ...

    def finish(self, failure: BaseException | None = None) -> None: ...


class Worker:
    """Runs generations in one thread. `submit`, `cancel` and `close` may be called from any.

    Every reader hears `finish` exactly once. A run that fails ends alone; the others go on as if
    it had not been there. Whatever ends the thread itself, a `BaseException` too, is a crash:
    everybody hears `model_crashed`, now or when they come. `beats` counts the steps.
    """

    def __init__(self, runner: Runner, scheduler: Scheduler) -> None:
        self._runner = runner
        self._scheduler = scheduler
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._live: dict[Sequence, tuple[Generation, Reader]] = {}
        self.beats = 0
        self._closing = False
        self._ended: InferenceError | None = None
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._loop, name="inference", daemon=True)
        self._thread.start()

    def submit(self, generation: Generation, reader: Reader) -> None:
        """Begin a generation; its reader hears everything and then `finish`.

        Once the thread has ended nobody would read the inbox, so the reader is refused here.
        """
        with self._gate:
            if self._ended is None:
                self._inbox.put(lambda: self._add(generation, reader))
                return
        reader.finish(self._ended)

    def cancel(self, generation: Generation) -> None:
        """End it before the next step; nothing if it has ended."""
        generation.sequence.cancelled = True
        self._inbox.put(_look_again)

    @property
    def is_alive(self) -> bool:
        """Whether the thread still holds the model."""
        return self._thread.is_alive()

    def close(self, timeout: float) -> bool:
        """End everything after the step under way; whether the thread ended in time."""
        self._inbox.put(self._close)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _loop(self) -> None:
        failure = InferenceError(InferenceErrorCode.SHUTTING_DOWN, "closing", retryable=True)
        try:
            while not self._closing:
                self._turn()
        except BaseException as error:  # noqa: BLE001 - told to every reader, logged by who loads
            failure = crashed(error)
        self._end(failure)

    def _turn(self) -> None:
        self._read_inbox()
        self._end_cancelled()
        if not self._closing and (step := self._scheduler.plan()):
            self._run(step)

    def _read_inbox(self) -> None:
        """Wait for something to do, unless there is something under way."""
        if not self._scheduler.all():
            self._inbox.get()()
        while not self._inbox.empty():
            self._inbox.get()()

    def _run(self, step: Step) -> None:
        if not self._copied(step):
            return
        began = time.perf_counter()
        try:
            sampled = self._compute(step)
        except (OutOfDeviceMemoryError, MemoryError) as error:
            self._sacrifice(step, error)
        except Exception as error:  # noqa: BLE001 - logged for each run that it ends
            self._run_apart(step, error)
        else:
            self._computed(step, sampled, time.perf_counter() - began)

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

    def _run_apart(self, step: Step, error: Exception) -> None:
        """Compute each piece of a failed step alone, so that only the one to blame ends.

        The failed step wrote, if anything, to positions that are written again.
        """
        singles = step.singles
        if len(singles) == 1:
            logger.error("a run failed", exc_info=error)
            self._fail(step.pieces[0].sequence, _failed(error))
            return
        for single in singles:
            if not single.pieces[0].sequence.cancelled:
                self._run(single)

    def _computed(self, step: Step, sampled: list[tuple[Sequence, int]], seconds: float) -> None:
        self._scheduler.computed(step, seconds)
        for sequence, token in sampled:
            self._tell(sequence, token)

    def _compute(self, step: Step) -> list[tuple[Sequence, int]]:
        """Whoever samples in this step, with the next token."""
        self.beats += 1
        sampling = [piece.sequence for piece in step.pieces if piece.samples]
        rows = [self._live[sequence][0].row() for sequence in sampling]
        noted = [len(row.drawer.drawn) for row in rows]
        try:
            tokens = self._runner.tokens(step, rows)
        except Exception:
            # The step is repeated, and what its draws noted would stand there twice.
            for row, count in zip(rows, noted, strict=True):
                del row.drawer.drawn[count:]
            raise
        return list(zip(sampling, tokens, strict=True))

    def _tell(self, sequence: Sequence, token: int) -> None:
        """A token that one run cannot take is that run's failure alone."""
        generation, reader = self._live[sequence]
        try:
            for event in generation.take(token):
                reader.put(event)
        except Exception as error:
            logger.exception("a run could not take its token")
            self._fail(sequence, _failed(error))
            return
        if generation.finished:
            self._scheduler.end(sequence)
            self._drop(sequence, None)

    def _sacrifice(self, step: Step, error: Exception) -> None:
        """The piece that needs most ends, tokens times what they look at; the others go on."""
        largest = max(step.pieces, key=lambda piece: (piece.end - piece.begin) * piece.end)
        failure = InferenceError(InferenceErrorCode.OUT_OF_MEMORY, str(error), retryable=True)
        self._fail(largest.sequence, failure)

    def _fail(self, sequence: Sequence, failure: InferenceError) -> None:
        self._scheduler.forget(sequence)
        self._drop(sequence, failure)

    def _end_cancelled(self) -> None:
        for sequence in self._scheduler.cancelled():
            self._scheduler.end(sequence)
            self._drop(sequence, None)

    def _drop(self, sequence: Sequence, failure: InferenceError | None) -> None:
        """A reader that cannot take its end is no reason for the others to lose theirs."""
        _, reader = self._live.pop(sequence)
        try:
            reader.finish(failure)
        except Exception:
            logger.exception("a reader could not take its end")

    def _add(self, generation: Generation, reader: Reader) -> None:
        self._live[generation.sequence] = (generation, reader)
        self._scheduler.add(generation.sequence)

    def _close(self) -> None:
        self._closing = True

    def _end(self, failure: InferenceError) -> None:
        """Everybody who came through the gate hears of the end; who comes later is refused."""
        with self._gate:
            self._ended = failure
        while not self._inbox.empty():
            self._inbox.get()()
        for sequence in list(self._live):
            # Nothing may keep the rest from hearing of it: the thread is ending as it is.
            with suppress(BaseException):
                self._drop(sequence, failure)


def crashed(error: BaseException) -> InferenceError:
    """What every run of a thread ends with that died of `error`."""
    said = f"the inference thread died of {error!r}"
    failure = InferenceError(InferenceErrorCode.MODEL_CRASHED, said, retryable=True)
    failure.__cause__ = error
    return failure


def _failed(error: Exception) -> InferenceError:
    return InferenceError(InferenceErrorCode.BACKEND_FAILED, repr(error), retryable=True)


def _look_again() -> None:
    """Wakes the thread; what changed it sees for itself."""
