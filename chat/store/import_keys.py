"""The ids of imported conversations and messages.

An id of the file is kept if it is valid and free. Otherwise an id is derived from it, always the
same one, so that a second import finds what the first one stored.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, islice

from chat.models import Conversation, Message

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,32}")
"""Ours are 22 of these characters."""
_USUAL = 2
"""Candidates looked up in one query for all ids. More are needed only for forged collisions."""


def conversation_key(owner: str, own: str) -> tuple[str, bool]:
    """The id of the owner's conversation, and whether it exists already."""
    candidates = _candidates(owner, own)
    usual = list(islice(candidates, _USUAL))
    rows = Conversation.objects.filter(id__in=usual).values_list("id", "owner")
    holders = dict(rows)
    for key in usual:
        if holders.get(key) == owner:
            return key, True
    free = (key for key in usual if key not in holders)
    unheard = (key for key in candidates if not Conversation.objects.filter(pk=key).exists())
    return next(free, None) or next(unheard), False


class MessageKeys:
    """The ids of one conversation's messages; `known` are those that existed already."""

    def __init__(self, conversation: str) -> None:
        self._conversation = conversation
        self._by_own: dict[str, str] = {}
        self._used: set[str] = set()
        self.known: set[str] = set()

    def __getitem__(self, own: str) -> str:
        return self._by_own[own]

    def find(self, own: str | None) -> str | None:
        """The id in the database; None for a message without one."""
        return None if own is None else self._by_own.get(own)

    def name(self, owns: Sequence[str]) -> None:
        """Find an id for each, in one query."""
        usual = {own: list(islice(_candidates(self._conversation, own), _USUAL)) for own in owns}
        holders = _holders(key for keys in usual.values() for key in keys)
        for own in owns:
            key = self._known_of(usual[own], holders) or self._free_for(own, holders)
            self._by_own[own] = key
            self._used.add(key)

    def _known_of(self, keys: Sequence[str], holders: Mapping[str, str]) -> str | None:
        for key in keys:
            if holders.get(key) == self._conversation and key not in self._used:
                self.known.add(key)
                return key
        return None

    def _free_for(self, own: str, holders: Mapping[str, str]) -> str:
        for number, key in enumerate(_candidates(self._conversation, own)):
            holder = holders.get(key) if number < _USUAL else _holders([key]).get(key)
            if key not in self._used and holder in (None, self._conversation):
                self.known |= {key} if holder else set()
                return key
        raise AssertionError("there are candidates without end")


def _holders(keys: Iterable[str]) -> dict[str, str]:
    """The conversations of the messages that exist, by message id."""
    rows = Message.objects.filter(id__in=set(keys))
    return dict(rows.values_list("id", "conversation_id"))


def _candidates(scope: str, own: str) -> Iterator[str]:
    yield own if _fits(own) else _derived("", own)
    yield _derived(scope, own)
    for number in count():
        yield _derived(scope, f"{own}\n{number}")


def _fits(own: str) -> bool:
    return _PLAIN.fullmatch(own) is not None


def _derived(scope: str, own: str) -> str:
    """An id that is the same for each import of the file."""
    digest = hashlib.blake2b(f"{scope}\n{own}".encode(errors="replace"), digest_size=16).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
