"""Unloads models without a run for some time."""

from __future__ import annotations

from inference.model_list import ModelList


def unload_idle(models: ModelList, minutes: float, now: float) -> float | None:
    """Unload the local models that had no run for so many minutes, except the default one; with 0
    minutes none. Returns when the next is due, None where none is.
    """
    dues = []
    for lane in models if minutes else ():
        since = lane.claim.idle_since
        if since is None or lane.card.id == models.default or not lane.card.local:
            continue
        if since + 60 * minutes <= now:
            lane.claim.evict()
        else:
            dues.append(since + 60 * minutes)
    return min(dues, default=None)
