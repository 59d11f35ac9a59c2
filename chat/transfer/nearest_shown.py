"""Trees of other programs, in which some messages have no text to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def nearest_shown(parents: Mapping[str, str | None], shown: Iterable[str]) -> dict[str | None, str]:
    """Maps each message to itself if it is `shown`, else to its nearest ancestor that is; those
    without one are left out. Takes linear time and terminates for cycles.
    """
    found: dict[str | None, str | None] = {key: key for key in shown}
    for key in parents:
        path: dict[str, None] = {}
        at: str | None = key
        while at is not None and at not in found and at not in path:
            path[at] = None
            at = parents.get(at)
        nearest = found.get(at) if at is not None else None
        found.update(dict.fromkeys(path, nearest))
    return {key: nearest for key, nearest in found.items() if nearest is not None}
