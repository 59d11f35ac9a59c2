"""The expected waiting time of a run, and when a changed one is worth an event."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from inference.events import QueuePosition
from inference.queueing.queue_entry import QueueEntry
from inference.queueing.throughput import Throughput, starts

_TOLERANCE = 0.25
_TOLERANCE_SECONDS = 2.0
"""A waiting time is sent again when it differs by more than this share and these seconds."""


@dataclass(frozen=True, slots=True)
class Slots:
    """How many slots a model has, and how many of them one owner may hold."""

    total: int
    per_owner: int


def seconds_to_wait(
    entry: QueueEntry,
    holding: Collection[QueueEntry],
    order: Sequence[QueueEntry],
    slots: Slots,
    throughput: Throughput,
) -> float | None:
    """Seconds until the run of `entry` gets a slot, from the throughput and the tokens of the runs
    that hold slots or come before it in `order`. Where its owner holds as many slots as one may,
    not before one of these is free. None until a rate is known.
    """
    own = [held for held in holding if held.owner == entry.owner]
    own_order = [waits for waits in order if waits.owner == entry.owner]
    found = (
        _start(entry, holding, order, slots.total, throughput),
        _start(entry, own, own_order, slots.per_owner, throughput),
    )
    known = [seconds for seconds in found if seconds is not None]
    return round(max(known), 1) if known else None


def has_changed(found: QueuePosition, sent: QueuePosition, seconds_ago: float) -> bool:
    """Whether `found` is worth an event after `sent`. A waiting time that only passed, or hardly
    changed, is not.
    """
    before = (sent.position, sent.waiting_for, sent.model)
    if (found.position, found.waiting_for, found.model) != before:
        return True
    if found.eta_seconds is None or sent.eta_seconds is None:
        return found.eta_seconds is not sent.eta_seconds
    difference = abs(found.eta_seconds - max(sent.eta_seconds - seconds_ago, 0.0))
    return difference > _TOLERANCE_SECONDS and difference > _TOLERANCE * found.eta_seconds


def _start(
    entry: QueueEntry,
    running: Collection[QueueEntry],
    order: Sequence[QueueEntry],
    slots: int,
    throughput: Throughput,
) -> float | None:
    needed = [held.seconds_needed(throughput) for held in (*running, *order)]
    known = [seconds for seconds in needed if seconds is not None]
    if len(known) < len(needed):
        return None
    first = len(known) - len(order)
    times = list(starts(known[:first], known[first:], slots))
    return times[order.index(entry)]
