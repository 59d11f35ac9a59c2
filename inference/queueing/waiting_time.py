"""How long a run will wait for its slot, and when that is worth telling again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from inference.events import QueuePosition
from inference.queueing.queue_entry import Ticket
from inference.queueing.throughput import Pace, starts

_AWAY = 0.25
_AWAY_SECONDS = 2.0
"""A waiting time is told again when it is off by more than both: a part of it, and seconds."""


@dataclass(frozen=True, slots=True)
class Slots:
    """How many a model has, and how many of them one owner may hold."""

    in_all: int
    of_one: int


def seconds_to_wait(
    ticket: Ticket,
    holding: Collection[Ticket],
    order: Sequence[Ticket],
    slots: Slots,
    pace: Pace,
) -> float | None:
    """From the measured rate and the tokens of all who hold slots or come first in `order`; but
    not before one of the owner's own slots is free, where it holds as many as one may. None until
    a rate is known.
    """
    mine = [held for held in holding if held.owner == ticket.owner]
    my_order = [waits for waits in order if waits.owner == ticket.owner]
    found = (
        _start(ticket, holding, order, slots.in_all, pace),
        _start(ticket, mine, my_order, slots.of_one, pace),
    )
    known = [seconds for seconds in found if seconds is not None]
    return round(max(known), 1) if known else None


def is_news(place: QueuePosition, told: QueuePosition, seconds_ago: float) -> bool:
    """A waiting time that only went by, or hardly changed, is none."""
    seen = (told.position, told.waiting_for, told.model)
    if (place.position, place.waiting_for, place.model) != seen:
        return True
    if place.eta_seconds is None or told.eta_seconds is None:
        return place.eta_seconds is not told.eta_seconds
    away = abs(place.eta_seconds - max(told.eta_seconds - seconds_ago, 0.0))
    return away > _AWAY_SECONDS and away > _AWAY * place.eta_seconds


def _start(
    ticket: Ticket, running: Collection[Ticket], order: Sequence[Ticket], slots: int, pace: Pace
) -> float | None:
    needed = [held.seconds_needed(pace) for held in (*running, *order)]
    known = [seconds for seconds in needed if seconds is not None]
    if len(known) < len(needed):
        return None
    first = len(known) - len(order)
    times = list(starts(known[:first], known[first:], slots))
    return times[order.index(ticket)]
