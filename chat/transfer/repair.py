"""Repair of a file's messages, so that they are a tree: unique ids, no lost parents, no cycles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from chat.transfer.outline import Outline


@dataclass(frozen=True, slots=True)
class Repaired:
    """The tree, and how many of its messages were changed."""

    messages: list[Outline]
    count: int


class Names:
    """The used ids, and new ones derived from them; the same for the same file."""

    def __init__(self, used: Collection[str]) -> None:
        self._used = set(used)
        self._numbers: dict[str, int] = {}

    def new(self, key: str) -> str:
        """The key itself if it is not used, else one derived from it."""
        if key in self._used:
            return self.another(key)
        self._used.add(key)
        return key

    def another(self, key: str) -> str:
        """The first of `key-2`, `key-3` and so on that is not used, which is marked as used."""
        while True:
            number = self._numbers.get(key, 1) + 1
            self._numbers[key] = number
            if (made := f"{key}-{number}") not in self._used:
                self._used.add(made)
                return made


def repair(messages: Sequence[Outline]) -> Repaired:
    """The second message with an id gets a new one; replies to that id follow the first. Messages
    with a missing parent, and the first one of each cycle, become roots.
    """
    found = _each_id_once(messages)
    lost = _without_parent(found)
    made = [replace(one, parent=None) if one.id in lost else one for one in found]
    renamed = sum(one.id != other.id for one, other in zip(found, messages, strict=True))
    return Repaired(made, renamed + len(lost))


def _each_id_once(messages: Sequence[Outline]) -> list[Outline]:
    # A new id must differ from the ids of later messages.
    names = Names({one.id for one in messages})
    seen: set[str] = set()
    found: list[Outline] = []
    for one in messages:
        found.append(replace(one, id=names.another(one.id)) if one.id in seen else one)
        seen.add(one.id)
    return found


def _without_parent(messages: Sequence[Outline]) -> set[str]:
    parents = {one.id: one.parent for one in messages}
    lost = {key for key, parent in parents.items() if parent is not None and parent not in parents}
    sound: set[str] = set()
    for key in parents:
        path: dict[str, None] = {}
        at: str | None = key
        while at is not None and at not in sound and at not in lost and at not in path:
            path[at] = None
            at = parents[at]
        if at is not None and at in path:
            lost.add(at)
        sound.update(path)
    return lost
