"""The owner's settings for the memory of models."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemoryPolicy:
    """`limit` is in bytes for all models, 0 measures the free memory. A busy model admits no more
    runs once another one has waited `yield_seconds` for its memory. A model other than the default
    is unloaded after `unload_minutes` without a run; with 0 none is.
    """

    limit: int = 0
    yield_seconds: float = 60.0
    unload_minutes: float = 0.0
