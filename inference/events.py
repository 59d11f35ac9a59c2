"""The events of a run: its queue position, its text, and exactly one end.

A backend yields `TextDelta` any number of times, then one `GenerationFinished`, or raises one
`InferenceError`. The engine puts `QueuePosition` and `Started` before and adds the timings.
"""

from __future__ import annotations

from dataclasses import dataclass

from inference.types import Channel, FinishReason, Timings, Usage, WaitingFor


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """The run waits; `position` 1 is the next to be admitted. `eta_seconds` is None until a rate is
    known.

    Waiting for `memory`, `model` names the model whose answers must end before it is unloaded.
    """

    position: int
    eta_seconds: float | None
    waiting_for: WaitingFor
    model: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """The run has a slot of the model named.

    The history's first `dropped_turns` questions, with their answers, did not fit. With a
    `provider`, named for people, the request leaves this computer.
    """

    model: str
    dropped_turns: int = 0
    provider: str = ""


@dataclass(frozen=True, slots=True)
class TokenLogprob:
    """A token, how likely it was, and the likeliest tokens at its position; natural logarithms.

    A token that is part of a character is shown as U+FFFD.
    """

    text: str
    logprob: float
    likeliest: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Whole characters, appended to the channel's text.

    `logprobs`, where the request asked for them, are of the tokens sampled since the delta
    before; those of a stop string or of the end-of-turn token are left out.
    """

    channel: Channel
    text: str
    logprobs: tuple[TokenLogprob, ...] = ()


@dataclass(frozen=True, slots=True)
class GenerationFinished:
    """The generation ended without an error: by a stop token, a stop string, the length limit, or
    because its text repeated itself.
    """

    reason: FinishReason
    usage: Usage
    timings: Timings | None = None


GenerationEvent = TextDelta | GenerationFinished
EngineEvent = QueuePosition | Started | GenerationEvent
