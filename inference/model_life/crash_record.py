"""What counts as a model's crash, how many there were, and whether it is loaded again."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from inference.errors import InferenceError, InferenceErrorCode
from inference.restarts import Recovery, Restarts

logger = logging.getLogger(__name__)

_SICK = 3
"""So many runs that fail in a row, none with a word, are the model's failure: a graphics card
that lost its memory refuses every step from then on.
"""


@dataclass(frozen=True, slots=True)
class Crash:
    """`error` is what its runs are told, and `seconds` when to load it again; None: no more."""

    error: InferenceError
    seconds: float | None


class CrashRecord:
    """Of one model, named `model` in the log."""

    def __init__(self, model: str, recovery: Recovery) -> None:
        self._model = model
        self._recovery = recovery
        self._restarts = Restarts(recovery)
        self._failures = 0

    def worked(self) -> None:
        """It told something."""
        self._failures = 0

    def failed(self, error: InferenceError, *, at_once: bool) -> InferenceError | None:
        """A run failed, `at_once` if before its first word. Returns the crash that this shows."""
        if error.code is InferenceErrorCode.BACKEND_FAILED and at_once:
            self._failures += 1
        if error.code is InferenceErrorCode.MODEL_CRASHED:
            return error
        if self._failures < _SICK:
            return None
        said = f"{_SICK} runs in a row failed: {error.message}"
        return InferenceError(InferenceErrorCode.MODEL_CRASHED, said, retryable=True)

    def crashed(self, error: InferenceError) -> Crash:
        """It crashed once more. One record in the log, with what raised it where that is known."""
        self._failures = 0
        seconds = self.seconds_to_restart()
        then = "it is given up" if seconds is None else f"it is loaded again in {seconds:g} s"
        said = "model %s crashed (number %d lately): %s; %s"
        values = (self._model, self._restarts.crashes, error.message, then)
        logger.error(said, *values, exc_info=error.__cause__)
        return Crash(self._gave_up() if seconds is None else error, seconds)

    def seconds_to_restart(self) -> float | None:
        """Counts a crash, or a restart that failed; see `Restarts.crashed`."""
        return self._restarts.crashed()

    def _gave_up(self) -> InferenceError:
        crashes, minutes = self._restarts.crashes, self._recovery.minutes
        return InferenceError(
            InferenceErrorCode.MODEL_GAVE_UP,
            f"{crashes} crashes in {minutes} minutes",
            detail={"crashes": crashes, "minutes": minutes},
        )
