"""The one engine of this process, built from Django's settings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from chat.conf import conf
from inference import (
    Account,
    BackgroundDownload,
    BoundedBackend,
    Bounds,
    Endpoints,
    Engine,
    EngineConfig,
    FoundModel,
    IdentifiedBackend,
    Machine,
    ModelCard,
    ModelOnDisk,
    ModelSpecError,
    OfferedEntry,
    Recovery,
    delete_files,
    found_models,
    memory,
    models_on_disk,
    offered_entries,
    open_engine,
    open_spec,
    prefetch,
    this_machine,
    typed_path,
)

_MEGABYTE = 1_000_000


def prefetch_model() -> BackgroundDownload | None:
    """Begin to download the default model's file, if that is to be done; the engine will wait for
    it. Blocks for nothing.
    """
    return prefetch(_config())


def configured_engine() -> Engine:
    """A new engine; nothing is loaded until it is asked to."""
    return open_engine(_config())


@dataclass(frozen=True, slots=True)
class AddedModel:
    """A model beside those of the settings. An empty `id` or `name` is its own. `trusted_code` is
    the digest of its own code that may run.
    """

    spec: str
    id: str = ""
    name: str = ""
    account: Account | None = None
    trusted_code: str = ""


def open_model(added: AddedModel, taken: Collection[str]) -> BoundedBackend:
    """For `Engine.add`; one without an id gets one that is not `taken`. May read files. The
    environment's keys go to their providers' own addresses and to this computer alone.

    Raises `ModelSpecError`, also where the spec means several models.
    """
    trusted = frozenset(filter(None, [added.trusted_code]))
    config = replace(_config(), trusted_code=trusted, keys_for_any_address=False)
    backends = open_spec(added.spec, config, added.account, taken)
    if len(backends) != 1:
        raise ModelSpecError(f"{added.spec!r} means {len(backends)} models: name one of them")
    own = backends[0].card
    identified = IdentifiedBackend(backends[0], added.id or own.id, added.name or own.name)
    return BoundedBackend(identified, config.bounds)


def delete_model_files(spec: str) -> None:
    """What MyLLM itself has downloaded for the spec, and nothing of others. Blocks."""
    delete_files(spec, _config())


def offer_for(answered: list[tuple[ModelCard, float]]) -> tuple[Machine, list[OfferedEntry]]:
    """This computer, by the models that have answered on it, and what is offered for it. Blocks."""
    config = _config()
    machine = this_machine(config, answered)
    return machine, offered_entries(config, machine)


def find_local_models() -> list[FoundModel]:
    """What lies on this computer. Blocks for seconds."""
    return found_models(_config())


def model_files() -> list[ModelOnDisk]:
    """Of the configured models; nothing is loaded for it."""
    return models_on_disk(_config())


@lru_cache(maxsize=1)
def _config() -> EngineConfig:
    """Made once: the memory that is free at the start decides on the built-in model."""
    return EngineConfig(
        models=conf().models,
        models_dir=conf().data_dir / "models",
        slots=conf().slots,
        kv_tokens=conf().kv_tokens,
        threads=conf().threads,
        queue_length=conf().queue_length,
        queue_per_owner=conf().queue_per_device,
        slots_per_owner=conf().slots_per_device,
        recovery=Recovery(
            restarts=conf().restarts,
            minutes=conf().restart_minutes,
            stall_seconds=conf().stall_seconds,
        ),
        bounds=Bounds(conf().answer_tokens, conf().stop_repetition),
        device=_unless_auto(conf().device),
        dtype=_unless_auto(conf().dtype),
        trust_remote_code=conf().trust_remote_code,
        free_memory=memory().available,
        endpoints=_endpoints(),
        prompt_cache_mb=conf().prompt_cache_mb,
        provider_slots=conf().provider_slots,
        provider_timeout_seconds=conf().provider_timeout_seconds,
        memory_limit=conf().model_memory_mb * _MEGABYTE,
        yield_seconds=conf().yield_seconds,
        unload_minutes=conf().unload_minutes,
        model_folders=tuple(map(typed_path, conf().model_folders)),
        ollama_keep_alive=conf().ollama_keep_alive,
    )


def _endpoints() -> Endpoints:
    """Without indexes of its own a project has the usual one."""
    indexes = conf().pip_indexes or Endpoints().package_indexes
    return Endpoints(conf().modelscope_endpoint, conf().hf_endpoint, indexes)


def _unless_auto(choice: str) -> str | None:
    return None if choice == "auto" else choice
