"""What runs end with when something breaks in the thread that computes them."""

from __future__ import annotations

from inference.errors import InferenceError, InferenceErrorCode


def crashed(error: BaseException) -> InferenceError:
    """What every run of a thread ends with that died of `error`."""
    said = f"the inference thread died of {error!r}"
    failure = InferenceError(InferenceErrorCode.MODEL_CRASHED, said, retryable=True)
    failure.__cause__ = error
    return failure


def closing() -> InferenceError:
    """What runs end with when their model is closed."""
    return InferenceError(InferenceErrorCode.SHUTTING_DOWN, "closing", retryable=True)


def run_failed(error: Exception, *, lacks_memory: bool = False) -> InferenceError:
    """What one run ends with when computing it, and nothing else, raised `error`."""
    code = InferenceErrorCode.OUT_OF_MEMORY if lacks_memory else InferenceErrorCode.BACKEND_FAILED
    return InferenceError(code, repr(error), retryable=True)
