"""The one engine of this process, built from Django's settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import lru_cache

from django.conf import settings

from inference import (
    BackgroundDownload,
    Bounds,
    Endpoints,
    Engine,
    EngineConfig,
    ModelCard,
    ModelOnDisk,
    Recovery,
    memory,
    models_on_disk,
    open_engine,
    prefetch,
)


def prefetch_model() -> BackgroundDownload | None:
    """Begin to download the default model's file, if that is to be done; the engine will wait for
    it. Blocks for nothing.
    """
    return prefetch(_config())


@lru_cache(maxsize=1)
def get_engine() -> Engine:
    """The engine; nothing is loaded until it is asked to. Weights are held once a process."""
    return open_engine(_config())


def offered_models() -> tuple[ModelCard, ...]:
    """All models as they are now, the default first."""
    return get_engine().models()


def watch_models() -> AsyncIterator[tuple[ModelCard, ...]]:
    """All models now and after every change of one."""
    return get_engine().watch()


def is_answering() -> bool:
    """Whether any model writes an answer, or anybody waits for one."""
    return any(one.running or one.waiting for one in get_engine().activity())


def model_files() -> list[ModelOnDisk]:
    """Of the configured models; nothing is loaded for it."""
    return models_on_disk(_config())


@lru_cache(maxsize=1)
def _config() -> EngineConfig:
    """Made once: the memory that is free at the start decides on the built-in model."""
    return EngineConfig(
        models=settings.MYLLM_MODELS,
        models_dir=settings.MYLLM_DATA_DIR / "models",
        slots=settings.MYLLM_SLOTS,
        kv_tokens=settings.MYLLM_KV_TOKENS,
        threads=settings.MYLLM_THREADS,
        queue_length=settings.MYLLM_QUEUE_LENGTH,
        queue_per_owner=settings.MYLLM_QUEUE_PER_DEVICE,
        slots_per_owner=settings.MYLLM_SLOTS_PER_DEVICE,
        recovery=Recovery(
            restarts=settings.MYLLM_RESTARTS,
            minutes=settings.MYLLM_RESTART_MINUTES,
            stall_seconds=settings.MYLLM_STALL_SECONDS,
        ),
        bounds=Bounds(settings.MYLLM_ANSWER_TOKENS, settings.MYLLM_STOP_REPETITION),
        device=_unless_auto(settings.MYLLM_DEVICE),
        dtype=_unless_auto(settings.MYLLM_DTYPE),
        trust_remote_code=settings.MYLLM_TRUST_REMOTE_CODE,
        free_memory=memory().available,
        endpoints=_endpoints(),
        prompt_cache_mb=settings.MYLLM_PROMPT_CACHE_MB,
        provider_slots=settings.MYLLM_PROVIDER_SLOTS,
        provider_timeout_seconds=settings.MYLLM_PROVIDER_TIMEOUT_SECONDS,
    )


def _endpoints() -> Endpoints:
    """Another project's settings need not have those that are not this product's alone."""
    usual = Endpoints()
    return Endpoints(
        getattr(settings, "MODELSCOPE_ENDPOINT", usual.modelscope),
        getattr(settings, "HF_ENDPOINT", usual.hugging_face),
        settings.MYLLM_PIP_INDEXES,
    )


def _unless_auto(choice: str) -> str | None:
    return None if choice == "auto" else choice
