"""When a server is killed: at a moment of an answer, and again while it starts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal, get_args

Moment = Literal["accepted", "start", "text", "late", "end", "checkpoint"]
"""After a question was accepted, at the answer's `start`, at a piece of its text, shortly before
its end, at its end, or while the database is written.
"""
MOMENTS: tuple[Moment, ...] = get_args(Moment)
_WEIGHTS = (1, 1, 5, 2, 2, 2)
_START_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill, `delay` seconds after `moment`; then so many starts are killed after so many
    seconds. `share` is how much of the usual text has come at the moments `text` and `late`.
    """

    moment: Moment
    share: float
    delay: float
    starts: tuple[float, ...] = ()


def draw(dice: random.Random) -> Kill:
    """All chance of a kill is drawn here, so that a seed gives the same kills again."""
    (moment,) = dice.choices(MOMENTS, weights=_WEIGHTS)
    share = dice.uniform(0.85, 1.0) if moment == "late" else dice.uniform(0.0, 0.9)
    delay = dice.choice((0.0, dice.uniform(0.0, 0.05)))
    starts = dice.choices((0, 1, 2), weights=(7, 2, 1))[0]
    seconds = tuple(dice.uniform(0.0, _START_SECONDS) for _ in range(starts))
    return Kill(moment, share, delay, seconds)
