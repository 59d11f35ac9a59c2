"""The owner's settings for Ollama's models, and the timeouts of its server."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: for the first word, which may mean that a model is loaded and a long prompt read,
    and for each one after it.
    """

    first: float = 300.0
    next: float = 60.0


@dataclass(frozen=True, slots=True)
class OllamaSettings:
    """`context_tokens` 0 leaves it to the model, `keep_alive` "" to Ollama."""

    slots: int = 1
    context_tokens: int = 0
    keep_alive: str = ""
    timeouts: Timeouts = field(default_factory=Timeouts)
