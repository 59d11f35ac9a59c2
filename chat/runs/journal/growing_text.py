"""A run's text while the entries of a journal are added to it."""

from __future__ import annotations

from dataclasses import replace

from chat.run_events import Numbered, RestoredText, RunEnded, TextSnapshot
from chat.runs.journal.record import (
    DeltaEntry,
    EndedEntry,
    Entry,
    StartedEntry,
    TextEntry,
    event_of,
)
from chat.wire.protocol import Channel


class GrowingText:
    """A text, and the events that follow it without a gap."""

    def __init__(self, kept: TextSnapshot, tokens: int) -> None:
        self._seq = kept.seq
        self._restart(kept, tokens)

    def take(self, entry: Entry) -> bool:
        """Whether the entry is known already or the next one; nothing is taken in otherwise."""
        if isinstance(entry, TextEntry):
            self._restart(entry.text, entry.tokens)
            return True
        if entry.seq > self._kept.seq:
            if entry.seq != self._seq + 1 or not self._fits(entry):
                return False
            self._seq, self._tokens = entry.seq, entry.tokens
            self._fold(entry)
        self._events.append(Numbered(entry.seq, event_of(entry)))
        return True

    def restored(self, epoch: int) -> RestoredText:
        text = replace(
            self._kept,
            epoch=epoch,
            seq=self._seq - 1 if self._end else self._seq,
            answer="".join(self._parts["answer"]),
            reasoning="".join(self._parts["reasoning"]),
        )
        return RestoredText(text, self._tokens, tuple(self._events), self._end)

    def _restart(self, kept: TextSnapshot, tokens: int) -> None:
        self._kept = kept
        self._seq = kept.seq
        self._tokens = tokens
        self._parts: dict[Channel, list[str]] = {
            "answer": [kept.answer],
            "reasoning": [kept.reasoning],
        }
        self._lengths = {channel: len(text) for channel, (text,) in self._parts.items()}
        self._events: list[Numbered] = []
        self._end: RunEnded | None = None

    def _fits(self, entry: Entry) -> bool:
        return not isinstance(entry, DeltaEntry) or self._lengths[entry.channel] == entry.offset

    def _fold(self, entry: StartedEntry | DeltaEntry | EndedEntry) -> None:
        match entry:
            case StartedEntry(model=model, dropped_turns=dropped, provider=provider):
                began = replace(self._kept, model=model, dropped_turns=dropped)
                self._kept = replace(began, provider=provider)
            case DeltaEntry(channel=channel, text=text):
                self._parts[channel].append(text)
                self._lengths[channel] += len(text)
            case EndedEntry(ended=ended):
                self._end = ended
