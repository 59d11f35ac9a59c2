"""What a run tells while it goes: waiting, text, and exactly one end.

A backend yields `TextDelta` any number of times, then one `GenerationFinished`, or raises one
`InferenceError`. The engine puts `QueuePosition` and `Started` before and adds the timings.
"""

from __future__ import annotations

from dataclasses import dataclass

from inference.types import Channel, FinishReason, Timings, Usage, WaitingFor


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """The run waits; `position` 1 is next. `eta_seconds` is None until a rate is known.

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
    `provider`, named for people, what is asked leaves this computer.
    """

    model: str
    dropped_turns: int = 0
    provider: str = ""


@dataclass(frozen=True, slots=True)
class TokenLogprob:
    """A token, how likely it was, and the likeliest in its place; natural logarithms.

    A token that is part of a character is shown as U+FFFD.
    """

    text: str
    logprob: float
    likeliest: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Whole characters, appended to the channel's text.

    `logprobs`, where the request asked for them, are of the tokens sampled since the delta
    before; those of a stop string or of the end itself are not told.
    """

    channel: Channel
    text: str
    logprobs: tuple[TokenLogprob, ...] = ()


@dataclass(frozen=True, slots=True)
class GenerationFinished:
    """The model ended by itself: a stop token or stop string, the length allowed, or a loop that
    it would not have left.
    """

    reason: FinishReason
    usage: Usage
    timings: Timings | None = None


GenerationEvent = TextDelta | GenerationFinished
EngineEvent = QueuePosition | Started | GenerationEvent
