"""Orders sources by which answers first."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from http.client import HTTPException
from urllib.error import HTTPError

from inference.catalog.http import open_url
from inference.catalog.hub_token import hub_secrets
from inference.catalog.sources import HubSource, Source

ANSWER_SECONDS = 2.0
_TIE_SECONDS = 0.05
"""Two answers so close together count as one moment."""


def by_speed(sources: Sequence[Source], seconds: float = ANSWER_SECONDS) -> list[Source]:
    """The hub that answered first within so many seconds, in a tie the earlier one; then the hubs
    that may still answer, the package indexes, and the hubs that refused or were too late.
    """
    hubs = [source for source in sources if isinstance(source, HubSource)]
    indexes = [source for source in sources if not isinstance(source, HubSource)]
    race = _Race(hubs)
    in_time = race.decided.wait(seconds)
    time.sleep(_TIE_SECONDS if in_time and hubs else 0)
    answered, refused = race.answered(), race.refused()
    out = [hub for hub in hubs if hub in refused or not (in_time or hub in answered)]
    fast = [hub for hub in hubs if hub not in out]
    fast.sort(key=lambda hub: answered.get(hub, seconds) // _TIE_SECONDS)
    return [*fast, *indexes, *out]


class _Race:
    """Requests the file's first byte from each, in a thread of its own that ends by itself.
    `decided` is set when one has answered, or all have refused.
    """

    def __init__(self, hubs: Sequence[HubSource]) -> None:
        self.decided = threading.Event()
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._answered: dict[HubSource, float] = {}
        self._refused: set[HubSource] = set()
        self._count = len(hubs)
        if not hubs:
            self.decided.set()
        for hub in hubs:
            threading.Thread(target=self._ask, args=(hub,), name=hub.name, daemon=True).start()

    def answered(self) -> dict[HubSource, float]:
        """Seconds until the answer, of those that have answered."""
        with self._lock:
            return dict(self._answered)

    def refused(self) -> set[HubSource]:
        """The sources that refused, or could not be reached."""
        with self._lock:
            return set(self._refused)

    def _ask(self, hub: HubSource) -> None:
        try:
            first = {"Range": "bytes=0-0"}
            with open_url(hub.url, ANSWER_SECONDS, first, hub_secrets(hub.hub)) as response:
                self._note(hub, answers=bool(response.read(1)))
        except HTTPError as error:
            error.close()  # it holds the connection
            self._note(hub, answers=False)
        except (OSError, HTTPException, ValueError):
            self._note(hub, answers=False)

    def _note(self, hub: HubSource, *, answers: bool) -> None:
        with self._lock:
            if answers:
                self._answered[hub] = time.monotonic() - self._began
            else:
                self._refused.add(hub)
            if answers or len(self._refused) == self._count:
                self.decided.set()
