"""The events in a run's log, and those that only its readers get."""

from __future__ import annotations

from dataclasses import dataclass

from chat.errors import Detail, ErrorCode
from chat.wire.protocol import Channel, FinishReason, RunStatus, Timings, Usage, WaitingFor


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The model has begun the run, or continues it after a restart.

    The `dropped_turns` oldest turns did not fit the context. If there is a `provider`, named for
    people, the question leaves this computer.
    """

    model: str
    dropped_turns: int = 0
    provider: str = ""


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Text appended to one channel."""

    channel: Channel
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run failed, to be shown in each reader's language."""

    code: ErrorCode
    detail: Detail


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The last event, exactly one per log."""

    status: RunStatus
    finish_reason: FinishReason | None = None
    usage: Usage | None = None
    timings: Timings | None = None
    failure: Failure | None = None


RunEvent = RunStarted | TextDelta | RunEnded


@dataclass(frozen=True, slots=True)
class Numbered:
    """An event and its number; neither ever changes."""

    seq: int
    event: RunEvent


@dataclass(frozen=True, slots=True)
class TextSnapshot:
    """The whole text up to and with event `seq` of numbering `epoch`."""

    epoch: int
    seq: int
    model: str
    reasoning: str
    answer: str
    dropped_turns: int = 0
    provider: str = ""


@dataclass(frozen=True, slots=True)
class RestoredText:
    """A run restored after its process ended: its text with the number of tokens, and its end if
    it has one.

    `events` are the last ones, for readers that had not received them.
    """

    text: TextSnapshot
    tokens: int = 0
    events: tuple[Numbered, ...] = ()
    end: RunEnded | None = None


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """The position of a waiting run in its queue; 1 is next. Not part of its log.

    Waiting for `memory`, `model` names the model whose answers must end first.
    """

    position: int
    eta_seconds: float | None
    waiting_for: WaitingFor
    model: str = ""


@dataclass(frozen=True, slots=True)
class Saving:
    """Whether the run's text can be saved. Not part of its log."""

    saved: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The run was withdrawn before it began. It was deleted and has no end."""


@dataclass(frozen=True, slots=True)
class Suspended:
    """The process ends. This is no end of the run, which continues after the restart."""
