"""A run's readers, held against each other and against what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.chaos.difference import difference, difference_in_growth, excerpts
from tests.chaos.fault import Fault
from tests.chaos.transcript import CHANNELS, Transcript

_STORED = "the database"


@dataclass(frozen=True, slots=True)
class Stored:
    """A run as the database or REST has it once it has ended."""

    texts: dict[str, str]
    status: str
    epoch: int
    where: str = _STORED


def faults_of(readers: Sequence[Transcript], stored: Sequence[Stored]) -> list[Fault]:
    """Everything that is wrong within one epoch, whatever became of the server.

    What readers have at the end is what each of `stored` has, and that is one text. An event
    of the same epoch and number is the same event for all of them.
    """
    found = [fault for reader in readers for fault in reader.faults]
    found += _of_events(readers)
    for kept in stored:
        found += _of_state(readers[0].run, kept)
        for reader in readers:
            found += _of_ending(reader, kept)
    return found


def retold(reader: Transcript) -> Iterator[Fault]:
    """What a reader had in earlier epochs and does not find again in its last text."""
    for texts in reader.earlier:
        for channel in CHANNELS:
            had, has = texts[channel], reader.texts[channel]
            if found := difference_in_growth(had, has):
                where = f"{reader.reader} of run {reader.run}, over epochs"
                yield Fault("text", where, excerpts(had, has), found)


def _of_events(readers: Sequence[Transcript]) -> Iterator[Fault]:
    told: dict[tuple[int | None, int], tuple[str, str]] = {}
    for reader in readers:
        for number, event in reader.events.items():
            first = told.setdefault(number, event)
            if first != event:
                what = f"event {number[1]} of epoch {number[0]} is {event}, before {first}"
                found = difference(first[1], event[1])
                yield Fault("text", f"{reader.reader} of run {reader.run}", what, found)


def _of_state(run: str, stored: Stored) -> Iterator[Fault]:
    if stored.status != "completed":
        yield Fault("end", f"run {run}", f"{stored.where} says {stored.status}")


def _of_ending(reader: Transcript, stored: Stored) -> Iterator[Fault]:
    where = f"{reader.reader} of run {reader.run} beside {stored.where}"
    if not reader.ended:
        yield Fault("end", where, f"no end after event {reader.seq} of epoch {reader.epoch}")
    if reader.epoch != stored.epoch:
        yield Fault("epoch", where, f"epoch {reader.epoch} is stored as epoch {stored.epoch}")
    for channel in CHANNELS:
        whole, told = stored.texts[channel], reader.texts[channel]
        if found := difference(whole, told):
            yield Fault("text", where, excerpts(whole, told), found)
