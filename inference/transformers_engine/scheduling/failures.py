"""The errors of runs when the thread that computes them fails."""

from __future__ import annotations

from inference.errors import InferenceError, InferenceErrorCode


def crashed(error: BaseException) -> InferenceError:
    """The error of every run of a thread that `error` ended."""
    message = f"the inference thread died of {error!r}"
    failure = InferenceError(InferenceErrorCode.MODEL_CRASHED, message, retryable=True)
    failure.__cause__ = error
    return failure


def closing() -> InferenceError:
    """The error of runs whose model is closed."""
    return InferenceError(InferenceErrorCode.SHUTTING_DOWN, "closing", retryable=True)


def run_failed(error: Exception, *, lacks_memory: bool = False) -> InferenceError:
    """The error of one run whose own computation raised `error`."""
    code = InferenceErrorCode.OUT_OF_MEMORY if lacks_memory else InferenceErrorCode.BACKEND_FAILED
    return InferenceError(code, repr(error), retryable=True)
