"""How many HTTP connections there may be, from one address and in all.

Sockets that were upgraded are not counted: `chat.access.unauthenticated_sockets` bounds those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from django.conf import settings


class Member(Protocol):
    """One connection."""

    place: str

    @property
    def waits(self) -> bool:
        """Whether it is the other end that has to go on."""
        ...

    def cut(self) -> None:
        """Away with it at once."""
        ...


class Crowd:
    """Makes room for whoever comes by parting with whoever lets us wait and came first: a phone
    speaks within milliseconds, and somebody who only holds places has the oldest ones.
    """

    def __init__(self) -> None:
        self._at: defaultdict[str, dict[Member, None]] = defaultdict(dict)
        self._here: dict[Member, None] = {}

    def enter(self, member: Member) -> None:
        """One more; where there is no room that can be made it is cut itself."""
        here = self._at[member.place]
        here[member] = self._here[member] = None
        if len(here) > settings.MYLLM_CONNECTIONS_PER_ADDRESS:
            self._part(here, member)
        elif len(self._here) > settings.MYLLM_CONNECTIONS:
            self._part(self._here, member)

    def leave(self, member: Member) -> None:
        """It is gone, or counts no more. Idempotent."""
        if member not in self._here:
            return
        del self._here[member]
        del self._at[member.place][member]
        if not self._at[member.place]:
            del self._at[member.place]

    def __len__(self) -> int:
        return len(self._here)

    def _part(self, among: Iterable[Member], newest: Member) -> None:
        leaving = next((one for one in among if one.waits), newest)
        self.leave(leaving)
        leaving.cut()


crowd = Crowd()
"""Of this process."""
