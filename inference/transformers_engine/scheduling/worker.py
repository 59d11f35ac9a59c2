"""The thread that owns the model: it plans, computes and samples steps while there is work."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from inference.errors import InferenceError
from inference.transformers_engine.scheduling.failures import closing, crashed
from inference.transformers_engine.scheduling.generation import Generation
from inference.transformers_engine.scheduling.live_runs import LiveRuns
from inference.transformers_engine.scheduling.reader import Reader
from inference.transformers_engine.scheduling.runner import Runner
from inference.transformers_engine.scheduling.scheduler import Scheduler
from inference.transformers_engine.scheduling.step_execution import StepExecution


class Worker:
    """Runs generations in one thread. `submit`, `cancel` and `close` may be called from any.

    Every reader gets `finish` exactly once. A run that fails ends alone; the others are not
    affected. An exception that ends the thread itself, a `BaseException` too, is a crash: all runs,
    also later ones, end with `model_crashed`.
    """

    def __init__(self, runner: Runner, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._runs = LiveRuns(scheduler)
        self._execution = StepExecution(runner, scheduler, self._runs)
        self._closing = False
        self._ended: InferenceError | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._loop, name="inference", daemon=True)
        self._thread.start()

    @property
    def beats(self) -> int:
        """Grows with every step."""
        return self._execution.beats

    @property
    def is_alive(self) -> bool:
        """Whether the thread still uses the model."""
        return self._thread.is_alive()

    def submit(self, generation: Generation, reader: Reader) -> None:
        """Begin a generation; its reader gets every event and then `finish`.

        Once the thread has ended nothing reads the inbox, so the reader is ended here.
        """
        with self._lock:
            if self._ended is None:
                self._inbox.put(lambda: self._runs.add(generation, reader))
                return
        reader.finish(self._ended)

    def cancel(self, generation: Generation) -> None:
        """End it before the next step, unless it has ended."""
        generation.sequence.cancelled = True
        self._inbox.put(_wake)

    def close(self, timeout: float) -> bool:
        """End all runs after the step under way. Returns whether the thread ended in time."""
        self._inbox.put(self._close)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _loop(self) -> None:
        failure = closing()
        try:
            while not self._closing:
                self._turn()
        except BaseException as error:  # noqa: BLE001 - sent to every reader, logged by the lifecycle
            failure = crashed(error)
        self._end(failure)

    def _turn(self) -> None:
        self._read_inbox()
        self._runs.end_cancelled()
        if not self._closing and (step := self._scheduler.plan()):
            self._execution.run(step)

    def _read_inbox(self) -> None:
        """Wait for a call while no sequence is under way."""
        if not self._scheduler.all():
            self._inbox.get()()
        while not self._inbox.empty():
            self._inbox.get()()

    def _close(self) -> None:
        self._closing = True

    def _end(self, failure: InferenceError) -> None:
        """End every submitted run; later ones are refused by `submit`."""
        with self._lock:
            self._ended = failure
        while not self._inbox.empty():
            self._inbox.get()()
        self._runs.end_all(failure)


def _wake() -> None:
    """Does nothing: wakes the thread, which then finds the cancelled sequence."""
