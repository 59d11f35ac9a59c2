"""Trees of other programs, in which some messages say nothing that can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def nearest_spoken(
    parents: Mapping[str, str | None], spoken: Iterable[str]
) -> dict[str | None, str]:
    """For each message itself if it is `spoken`, else its nearest ancestor that is; those without
    one are left out. Takes time in proportion to their number, and circles end.
    """
    found: dict[str | None, str | None] = {key: key for key in spoken}
    for key in parents:
        way: dict[str, None] = {}
        at: str | None = key
        while at is not None and at not in found and at not in way:
            way[at] = None
            at = parents.get(at)
        nearest = found.get(at) if at is not None else None
        found.update(dict.fromkeys(way, nearest))
    return {key: nearest for key, nearest in found.items() if nearest is not None}
