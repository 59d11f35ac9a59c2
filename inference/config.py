"""The engine's settings; the caller reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from inference.catalog.sources import Endpoints
from inference.model_memory.policy import MemoryPolicy
from inference.request.bounds import Bounds
from inference.restarts import Recovery


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """`models` are model specs, the first being the default.

    `slots` runs decode at once in one local model, sharing `kv_tokens` of KV cache; 0 leaves that,
    and `threads`, to the backend. `queue_length` runs may wait in all, `queue_per_owner` of one
    owner, which may hold `slots_per_owner` slots at once; 0 means three quarters of them. `bounds`
    end answers that do not end by themselves. `device` and `dtype` are for transformers models,
    `None` leaving them to the hardware; `trust_remote_code` lists the models whose own code may
    run, `trusted_code` the digests of code that the owner has allowed (`model_code`). `free_memory`
    is what there was at the start, in bytes, by which a built-in model is chosen; None where it is
    not known. `endpoints` are where models are downloaded. `prompt_cache_mb` bounds what llama.cpp
    keeps of prompts whose slot was taken, 0 in proportion to the model. One remote model writes
    `provider_slots` answers at once; a provider that is silent has failed after
    `provider_timeout_seconds`. `memory_limit`, `yield_seconds` and `unload_minutes` are those of
    `MemoryPolicy`. `model_folders` are searched for models beside `models_dir`. `ollama_keep_alive`
    is how long Ollama keeps a model after an answer (`30m`, or seconds, below 0 without end); empty
    leaves it to Ollama. With `keys_for_any_address` the environment's keys go to whichever address
    a spec names.
    """

    models: tuple[str, ...]
    models_dir: Path
    slots: int = 8
    kv_tokens: int = 0
    threads: int = 0
    queue_length: int = 64
    queue_per_owner: int = 32
    slots_per_owner: int = 0
    recovery: Recovery = field(default_factory=Recovery)
    bounds: Bounds = field(default_factory=Bounds)
    device: str | None = None
    dtype: str | None = None
    trust_remote_code: tuple[str, ...] = ()
    trusted_code: frozenset[str] = frozenset()
    free_memory: int | None = None
    endpoints: Endpoints = field(default_factory=Endpoints)
    prompt_cache_mb: int = 0
    provider_slots: int = 8
    provider_timeout_seconds: float = 60.0
    model_folders: tuple[Path, ...] = ()
    ollama_keep_alive: str = ""
    keys_for_any_address: bool = True
    memory_limit: int = 0
    yield_seconds: float = 60.0
    unload_minutes: float = 0.0

    @property
    def memory(self) -> MemoryPolicy:
        """Which models may be in memory, and for how long."""
        return MemoryPolicy(self.memory_limit, self.yield_seconds, self.unload_minutes)
