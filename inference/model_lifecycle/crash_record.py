"""Which failures are a model's crash, how many there were, and whether it is loaded again."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from inference.errors import InferenceError, InferenceErrorCode
from inference.restarts import Recovery, Restarts

logger = logging.getLogger(__name__)

_FAILURES_OF_A_CRASH = 3
"""So many runs in a row that fail before any text are a crash of the model: a GPU that lost its
memory fails every later step.
"""


@dataclass(frozen=True, slots=True)
class Crash:
    """`error` ends its runs; it is loaded again after `seconds`, with None not at all."""

    error: InferenceError
    seconds: float | None


class CrashRecord:
    """The crashes of one model, named `model` in the log."""

    def __init__(self, model: str, recovery: Recovery) -> None:
        self._model = model
        self._recovery = recovery
        self._restarts = Restarts(recovery)
        self._failures = 0

    def made_progress(self) -> None:
        """A run produced an event: earlier failures no longer count."""
        self._failures = 0

    def failed(self, error: InferenceError, *, at_once: bool) -> InferenceError | None:
        """A run failed, `at_once` if before its first text. Returns the error of the crash that
        this is, None where it is none.
        """
        if error.code is InferenceErrorCode.BACKEND_FAILED and at_once:
            self._failures += 1
        if error.code is InferenceErrorCode.MODEL_CRASHED:
            return error
        if self._failures < _FAILURES_OF_A_CRASH:
            return None
        reason = f"{_FAILURES_OF_A_CRASH} runs in a row failed: {error.message}"
        return InferenceError(InferenceErrorCode.MODEL_CRASHED, reason, retryable=True)

    def crashed(self, error: InferenceError) -> Crash:
        """Count a crash. Writes one log record, with the exception that caused it."""
        self._failures = 0
        seconds = self.seconds_to_restart()
        then = "it is given up" if seconds is None else f"it is loaded again in {seconds:g} s"
        message = "model %s crashed (number %d lately): %s; %s"
        values = (self._model, self._restarts.crashes, error.message, then)
        logger.error(message, *values, exc_info=error.__cause__)
        return Crash(self._gave_up() if seconds is None else error, seconds)

    def seconds_to_restart(self) -> float | None:
        """Count a crash, or a restart that failed; see `Restarts.crashed`."""
        return self._restarts.crashed()

    def _gave_up(self) -> InferenceError:
        crashes, minutes = self._restarts.crashes, self._recovery.minutes
        return InferenceError(
            InferenceErrorCode.MODEL_GAVE_UP,
            f"{crashes} crashes in {minutes} minutes",
            detail={"crashes": crashes, "minutes": minutes},
        )
