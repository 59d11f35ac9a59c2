"""Model inference: engine, backends and catalog. Plain Python, independent of Django.

The names in `__all__` are the public API; the modules behind them may change.
"""

from __future__ import annotations

from inference.backends.bounded import BoundedBackend
from inference.backends.identified import IdentifiedBackend
from inference.catalog import builtin
from inference.catalog.background import BackgroundDownload, EntryDownload, begin
from inference.catalog.builtin import SMOLLM2
from inference.catalog.fit import Fit, Machine, Verdict
from inference.catalog.found.candidate import Origin
from inference.catalog.found.listing import models_on_this_computer
from inference.catalog.found.model import FoundModel, FoundServer
from inference.catalog.found.servers import servers_on_this_computer
from inference.catalog.found.surroundings import Surroundings
from inference.catalog.found.unsuitable import Unsuitability, Unsuitable
from inference.catalog.reading_rate import measure_speed
from inference.catalog.sources import Endpoints
from inference.catalog.stored import present
from inference.config import EngineConfig
from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import EngineEvent, GenerationFinished, QueuePosition, Started, TextDelta
from inference.model_memory.computer_memory import Memory, memory
from inference.model_memory.policy import MemoryPolicy
from inference.offering import OfferedEntry, offered_entries, this_machine
from inference.queueing.admission import OwnerShare
from inference.remote.account import Account
from inference.remote.address import BadAddressError, check_addresses, is_within
from inference.remote.listing import list_provider_models
from inference.remote.preset import ProviderPreset
from inference.remote.presets import PROVIDER_PRESETS, environment_account, find_preset
from inference.remote.provider_model import ProviderModel
from inference.request.bounds import Bounds
from inference.request.estimate import prompt_tokens as estimated_prompt_tokens
from inference.request.estimate import text_tokens as estimated_tokens
from inference.response_format import ResponseFormat
from inference.restarts import Recovery
from inference.specs.on_disk import ModelOnDisk, models_on_disk
from inference.specs.owned_files import delete_files
from inference.specs.reader import ModelSpecError, UnknownSpecError
from inference.specs.registry import check_spec, open_backends, open_spec
from inference.specs.spec_code import spec_code
from inference.specs.unsuitable_path import UnsuitableSpecError
from inference.transformers_engine.loading.model_code import CodeFile, ModelCode
from inference.typed_path import typed_path
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
    "PROVIDER_PRESETS",
    "SMOLLM2",
    "Ability",
    "Account",
    "BackgroundDownload",
    "BadAddressError",
    "BoundedBackend",
    "Bounds",
    "ChatMessage",
    "CodeFile",
    "Download",
    "Endpoints",
    "Engine",
    "EngineConfig",
    "EngineEvent",
    "Fit",
    "FoundModel",
    "FoundServer",
    "GenerationFinished",
    "GenerationRequest",
    "IdentifiedBackend",
    "InferenceError",
    "InferenceErrorCode",
    "Machine",
    "Memory",
    "MemoryPolicy",
    "ModelActivity",
    "ModelCard",
    "ModelCode",
    "ModelNote",
    "ModelOnDisk",
    "ModelSpecError",
    "ModelState",
    "OfferedEntry",
    "OptionReason",
    "OptionRule",
    "Origin",
    "OwnerShare",
    "ProviderModel",
    "ProviderPreset",
    "QueuePosition",
    "Recovery",
    "ResponseFormat",
    "SamplingOptions",
    "Started",
    "TextDelta",
    "Timings",
    "UnknownSpecError",
    "Unsuitability",
    "Unsuitable",
    "UnsuitableSpecError",
    "Usage",
    "Verdict",
    "WholeText",
    "check_addresses",
    "check_spec",
    "delete_files",
    "environment_account",
    "estimated_prompt_tokens",
    "estimated_tokens",
    "find_preset",
    "found_models",
    "found_servers",
    "is_within",
    "list_provider_models",
    "measure_speed",
    "memory",
    "models_on_disk",
    "offered_entries",
    "open_backends",
    "open_engine",
    "open_spec",
    "prefetch",
    "spec_code",
    "this_machine",
    "typed_path",
    "whole_text",
]


def prefetch(config: EngineConfig) -> BackgroundDownload | None:
    """The download of the default model's file, begun in a thread if it is a built-in model that
    is not there yet. The engine waits for it when it loads the model.
    """
    entry = builtin.find(config.models[0], config.free_memory)
    if entry is None or present(entry, config.models_dir):
        return None
    return begin(EntryDownload(entry, config.models_dir, config.endpoints))


def found_models(config: EngineConfig) -> list[FoundModel]:
    """The models stored on this computer, in the owner's folders and in other programs'. Nothing
    is loaded or changed. Blocking: seconds where there are many.
    """
    known = [entry.file_name for entry in builtin.ENTRIES.values()]
    owned = [config.models_dir, *config.model_folders]
    return models_on_this_computer(Surroundings.of_this_process(), owned, known)


async def found_servers(own_ports: frozenset[int]) -> list[FoundServer]:
    """The models of servers on this computer, after two seconds at most. `own_ports` are those
    that this server listens on.
    """
    return await servers_on_this_computer(own_ports)


def open_engine(config: EngineConfig) -> Engine:
    """An engine with the configured models, nothing loaded yet.

    Raises `ModelSpecError`.
    """
    return Engine(
        [BoundedBackend(backend, config.bounds) for backend in open_backends(config)],
        config.queue_length,
        OwnerShare(config.queue_per_owner, config.slots_per_owner),
        config.recovery,
        config.memory,
    )
