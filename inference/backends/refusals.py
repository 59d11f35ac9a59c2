"""Errors of models in this process, shared by their backends."""

from __future__ import annotations

from inference.errors import InferenceError, InferenceErrorCode


def closing() -> InferenceError:
    """The error of a model that is being freed, or is not loaded."""
    return InferenceError(InferenceErrorCode.SHUTTING_DOWN, "not loaded", retryable=True)


def stuck() -> InferenceError:
    """The error while a thread that cannot be ended still holds the model."""
    message = "a thread that does not answer still holds the model"
    return InferenceError(InferenceErrorCode.MODEL_STUCK, message, retryable=True)


def gone(error: Exception) -> InferenceError:
    """The error of a model whose process or thread has ended."""
    failure = InferenceError(InferenceErrorCode.MODEL_CRASHED, repr(error), retryable=True)
    failure.__cause__ = error
    return failure
