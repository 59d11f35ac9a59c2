"""The sampler state of one sequence: its options, its seed, and its recorded draws."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from inference.types import SamplingOptions


@dataclass(frozen=True, slots=True)
class DrawnToken:
    """A token, its log-probability before any option changed it, and the likeliest tokens with
    theirs.
    """

    token: int
    logprob: float
    likeliest: tuple[tuple[int, float], ...]


@dataclass(eq=False, slots=True)
class SamplerState:
    """One per sequence. `drawn` is filled where `options.logprobs` is set."""

    options: SamplingOptions
    seed: int = field(init=False)
    drawn: list[DrawnToken] = field(default_factory=list)

    def __post_init__(self) -> None:
        given = self.options.seed
        self.seed = secrets.randbits(64) if given is None else given

    @property
    def is_greedy(self) -> bool:
        return self.options.is_greedy

    @property
    def looks_back(self) -> bool:
        """Whether earlier tokens change the draw; else they need not be copied."""
        options = self.options
        penalties = options.presence_penalty or options.frequency_penalty
        return bool(penalties) or options.repetition_penalty not in (None, 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of logits: the sampler state, the position of the token, and the tokens before it.

    The draw depends on nothing that happens in between: a step that failed can be repeated.
    """

    sampler: SamplerState
    position: int
    prompt: list[int]
    generated: list[int]
