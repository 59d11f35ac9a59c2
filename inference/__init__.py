"""Running models in this process: plain Python, nothing of Django.

This is the front door; what stands behind it may move.
"""

from __future__ import annotations

from inference.backends.bounded import BoundedBackend
from inference.backends.on_disk import ModelOnDisk, models_on_disk
from inference.backends.registry import ModelSpecError, check_spec, open_backends
from inference.bounds import Bounds
from inference.config import EngineConfig
from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import EngineEvent, Finished, Queued, Started, TextDelta
from inference.restarts import Recovery
from inference.types import (
    ChatMessage,
    GenerationRequest,
    ModelActivity,
    ModelCard,
    ModelNote,
    ModelState,
    SamplingOptions,
    Timings,
    Usage,
)

__all__ = [
    "Bounds",
    "ChatMessage",
    "Engine",
    "EngineConfig",
    "EngineEvent",
    "Finished",
    "GenerationRequest",
    "InferenceError",
    "InferenceErrorCode",
    "ModelActivity",
    "ModelCard",
    "ModelNote",
    "ModelOnDisk",
    "ModelSpecError",
    "ModelState",
    "Queued",
    "Recovery",
    "SamplingOptions",
    "Started",
    "TextDelta",
    "Timings",
    "Usage",
    "check_spec",
    "models_on_disk",
    "open_backends",
    "open_engine",
]


def open_engine(config: EngineConfig) -> Engine:
    """An engine with the configured models, nothing loaded yet.

    Raises `ModelSpecError`.
    """
    return Engine(
        [BoundedBackend(backend, config.bounds) for backend in open_backends(config)],
        config.queue_length,
        config.queue_per_owner,
        config.slots_per_owner,
        config.recovery,
    )
