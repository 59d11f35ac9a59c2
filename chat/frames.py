"""A run's events as frames of the protocol; `chat.short_form` makes those of the short form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from chat.errors import RETRYABLE, Detail, ErrorCode
from chat.protocol import (
    End,
    Error,
    Model,
    ModelDownload,
    Queued,
    Saving,
    ServerFrame,
    Snapshot,
    Start,
    Stream,
    Withdrawn,
)
from chat.protocol import (
    OptionRule as ModelOptionRule,
)
from chat.run_events import Delta, Ended, Numbered, Place, Started, Suspended, TextSnapshot
from chat.run_events import Saving as SavingEvent
from chat.run_events import Withdrawn as WithdrawnEvent
from chat.runs.reading import ReaderEvent
from chat.sentences import is_chinese, not_saved, sentence
from inference import Download, ModelCard, OptionRule


class Writer(Protocol):
    """Turns one run's events, in order, into frames."""

    def write(self, event: ReaderEvent) -> Iterator[ServerFrame]: ...


class FrameWriter:
    """Frames as `chat.protocol` has them. `locale` is the language of errors."""

    def __init__(self, run: str, epoch: int, locale: str) -> None:
        self.run = run
        self.epoch = epoch
        self.locale = locale

    def write(self, event: ReaderEvent) -> Iterator[ServerFrame]:
        match event:
            case TextSnapshot(epoch, seq, model, reasoning, answer, dropped, provider):
                texts = (reasoning, answer)
                yield Snapshot(self.run, epoch, seq, model, *texts, dropped, provider)
            case Numbered(seq, Started(model, dropped, provider)):
                at = (self.run, self.epoch, seq)
                yield Start(*at, model, dropped_turns=dropped, provider=provider)
            case Numbered(seq, Delta(channel, text)):
                yield Stream(self.run, seq, channel, text)
            case Numbered(seq, Ended() as ended):
                yield from self._end(seq, ended)
            case Place() | SavingEvent() | WithdrawnEvent() | Suspended():
                yield self._beside(event)

    def _beside(self, event: Place | SavingEvent | WithdrawnEvent | Suspended) -> ServerFrame:
        """What has no number, since it is not part of the log."""
        match event:
            case Place(position, eta_seconds, waiting_for, model):
                return Queued(self.run, position, eta_seconds, waiting_for, model)
            case SavingEvent(saved):
                return Saving(self.run, saved, None if saved else not_saved(self.locale))
            case WithdrawnEvent():
                return Withdrawn(self.run)
            case Suspended():
                return error_frame(ErrorCode.SHUTTING_DOWN, {}, self.locale, run=self.run)

    def _end(self, seq: int, ended: Ended) -> Iterator[ServerFrame]:
        if failure := ended.failure:
            yield error_frame(failure.code, failure.detail, self.locale, run=self.run)
        yield End(self.run, seq, ended.status, ended.finish_reason, ended.usage, ended.timings)


def error_frame(
    code: ErrorCode,
    detail: Detail,
    locale: str,
    *,
    run: str | None = None,
    client_msg_id: str | None = None,
) -> Error:
    """The `error` frame for a code, its sentence in the reader's language."""
    message = sentence(code, detail, locale)
    seconds = detail.get("seconds")
    retry_after = None if seconds is None else int(seconds)
    return Error(code, message, code in RETRYABLE, run, client_msg_id, retry_after)


def model_frames(cards: tuple[ModelCard, ...], locale: str) -> list[Model]:
    """The models as clients see them; the first is the default."""
    return [model_frame(card, card is cards[0], locale) for card in cards]


def model_frame(card: ModelCard, default: bool, locale: str) -> Model:
    """One of them, its name and its error in the language of `locale`."""
    error = card.error
    return Model(
        id=card.id,
        name=card.name if is_chinese(locale) else card.english_name or card.name,
        state=card.state.value,
        default=default,
        builtin=card.builtin,
        context_tokens=card.context_tokens,
        progress=card.progress,
        error=sentence(ErrorCode(error.code), error.detail, locale) if error else None,
        notes=[note.value for note in card.notes],
        download=_download(card.download),
        languages=list(card.languages),
        local=card.local,
        provider=card.provider,
        size=card.size,
        memory=card.memory,
        quantisation=card.quantisation,
        licence=card.licence,
        is_base=card.is_base,
        abilities=[ability.value for ability in card.abilities],
        option_rules=[_rule(rule) for rule in card.option_rules],
        resumable=card.resumable,
    )


def _rule(rule: OptionRule) -> ModelOptionRule:
    return ModelOptionRule(rule.name, rule.reason.value, rule.low, rule.high)


def _download(found: Download | None) -> ModelDownload | None:
    return (
        None
        if found is None
        else ModelDownload(
            found.done, found.total, found.source, found.bytes_per_second, found.paused
        )
    )
