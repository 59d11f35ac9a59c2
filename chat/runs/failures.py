"""Why a run failed, and how it ends by that."""

from __future__ import annotations

import logging

from chat.errors import ChatError, ErrorCode
from chat.run_events import Failure, RunEnded
from chat.runs.live_run import LiveRun
from inference import InferenceError, InferenceErrorCode

logger = logging.getLogger(__name__)

_MODEL_DIED = frozenset(
    {
        InferenceErrorCode.MODEL_CRASHED,
        InferenceErrorCode.MODEL_STALLED,
        InferenceErrorCode.MODEL_GAVE_UP,
    }
)


def failure_of(error: Exception) -> Failure:
    """As readers are told; `internal` for what is no `ChatError`."""
    if isinstance(error, ChatError):
        return Failure(error.code, error.detail)
    return Failure(ErrorCode.INTERNAL, {})


def ended_by(run: LiveRun, error: InferenceError) -> RunEnded:
    """Where the model itself died the run is interrupted, and can be gone on with as after the
    server's death. That is logged once for all its runs, by the engine.
    """
    failure = Failure(ErrorCode(error.code), error.detail)
    if error.code in _MODEL_DIED:
        return RunEnded("interrupted", failure=failure)
    logger.warning("run %s failed: %s: %s", run.key.run, error.code, error.message)
    return RunEnded("failed", failure=failure)
