"""What the owner set for llama.cpp."""

from __future__ import annotations

from inference.backends.llama_size import SizeSettings
from inference.config import EngineConfig


def size_settings(config: EngineConfig) -> SizeSettings:
    """Of the engine's configuration."""
    return SizeSettings(
        config.slots, config.kv_tokens, config.threads, prompt_cache_mib=config.prompt_cache_mb
    )
