"""Running models in this process: plain Python, nothing of Django.

This is the front door; what stands behind it may move.
"""

from __future__ import annotations

from inference.backends.bounded import BoundedBackend
from inference.backends.on_disk import ModelOnDisk, models_on_disk
from inference.bounds import Bounds
from inference.catalog import builtin
from inference.catalog.background import BackgroundDownload, begin
from inference.catalog.builtin import SMOLLM2
from inference.catalog.sources import Endpoints
from inference.catalog.stored import present
from inference.computer_memory import Memory, memory
from inference.config import EngineConfig
from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import EngineEvent, Finished, Queued, Started, TextDelta
from inference.local.model_code import CodeFile, ModelCode, model_code
from inference.remote.account import Account
from inference.restarts import Recovery
from inference.specs.reader import ModelSpecError
from inference.specs.registry import check_spec, open_backends, open_spec
from inference.types import (
    Ability,
    ChatMessage,
    Download,
    GenerationRequest,
    ModelActivity,
    ModelCard,
    ModelNote,
    ModelState,
    OptionReason,
    OptionRule,
    SamplingOptions,
    Timings,
    Usage,
)
from inference.whole_text import WholeText, whole_text

__all__ = [
    "SMOLLM2",
    "Ability",
    "Account",
    "BackgroundDownload",
    "Bounds",
    "ChatMessage",
    "CodeFile",
    "Download",
    "Endpoints",
    "Engine",
    "EngineConfig",
    "EngineEvent",
    "Finished",
    "GenerationRequest",
    "InferenceError",
    "InferenceErrorCode",
    "Memory",
    "ModelActivity",
    "ModelCard",
    "ModelCode",
    "ModelNote",
    "ModelOnDisk",
    "ModelSpecError",
    "ModelState",
    "OptionReason",
    "OptionRule",
    "Queued",
    "Recovery",
    "SamplingOptions",
    "Started",
    "TextDelta",
    "Timings",
    "Usage",
    "WholeText",
    "check_spec",
    "memory",
    "model_code",
    "models_on_disk",
    "open_backends",
    "open_engine",
    "open_spec",
    "prefetch",
    "whole_text",
]


def prefetch(config: EngineConfig) -> BackgroundDownload | None:
    """The download of the default model's file, begun in a thread if it is a built-in model that
    is not there yet. The engine waits for it when it loads the model.
    """
    entry = builtin.find(config.models[0], config.free_memory)
    if entry is None or present(entry, config.models_dir):
        return None
    return begin(entry, config.models_dir, config.endpoints)


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
