"""What a run's log holds, and what its readers get."""

from __future__ import annotations

from dataclasses import dataclass

from chat.errors import Detail, ErrorCode
from chat.wire.protocol import Channel, FinishReason, RunStatus, Timings, Usage, WaitingFor


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The model has begun to work on the run, or goes on with it after a restart.

    The `dropped_turns` oldest turns did not fit the model any more. With a `provider`, named for
    people, what is asked leaves this computer.
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
    """Why a run failed, to be said in each reader's language."""

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
    """What a process left of a run: its text, with how many tokens, and its end if it had one.

    `events` are the last ones up to the end or the text's, for readers who had not got so far.
    """

    text: TextSnapshot
    tokens: int = 0
    events: tuple[Numbered, ...] = ()
    end: RunEnded | None = None


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """Where a waiting run stands in its queue; `position` 1 is next. Not part of its log.

    Waiting for `memory`, `model` names the model whose answers must end first.
    """

    position: int
    eta_seconds: float | None
    waiting_for: WaitingFor
    model: str = ""


@dataclass(frozen=True, slots=True)
class Saving:
    """Whether the database takes the run's text. Not part of its log."""

    saved: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The run was taken back before it began; it has no end, it is gone."""


@dataclass(frozen=True, slots=True)
class Suspended:
    """The process ends; the run goes on when it is back, so this is no end of it either."""
