"""What models of this process refuse with, whatever runs them."""

from __future__ import annotations

from inference.errors import InferenceError, InferenceErrorCode


def closing() -> InferenceError:
    """The model is being freed, or not there."""
    return InferenceError(InferenceErrorCode.SHUTTING_DOWN, "not loaded", retryable=True)


def stuck() -> InferenceError:
    """A thread that cannot be ended still holds the model; twice it would not fit."""
    said = "a thread that does not answer still holds the model"
    return InferenceError(InferenceErrorCode.MODEL_STUCK, said, retryable=True)


def gone(error: Exception) -> InferenceError:
    """What the model needs to work has vanished."""
    failure = InferenceError(InferenceErrorCode.MODEL_CRASHED, repr(error), retryable=True)
    failure.__cause__ = error
    return failure
