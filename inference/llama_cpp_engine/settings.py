"""The owner's settings for llama.cpp."""

from __future__ import annotations

from inference.config import EngineConfig
from inference.llama_cpp_engine.size import SizeSettings


def size_settings(config: EngineConfig) -> SizeSettings:
    """Of the engine's configuration."""
    return SizeSettings(
        config.slots, config.kv_tokens, config.threads, prompt_cache_mib=config.prompt_cache_mb
    )
