"""The runs that this process knows: live ones, and those that ended not long ago."""

from __future__ import annotations

from collections import OrderedDict

from chat.run_events import QueuePosition
from chat.runs.live_run import LiveRun

_ENDED_KEPT = 256
"""Logs of ended runs kept in memory, so that a reader who comes back finds the replay."""


class KnownRuns:
    """Used from one event loop. Those that wait for the answer before them are live, too."""

    def __init__(self) -> None:
        self._live: dict[str, LiveRun] = {}
        self._ended: OrderedDict[str, LiveRun] = OrderedDict()

    def get(self, run: str) -> LiveRun | None:
        """The run if it is live or ended not long ago."""
        return self._live.get(run) or self._ended.get(run)

    def is_live(self, run: str) -> bool:
        """Whether the run is being written or waits for that."""
        return run in self._live

    def live(self) -> tuple[LiveRun, ...]:
        """All runs that have not ended."""
        return tuple(self._live.values())

    def of_device(self, device: str) -> int:
        """How many live runs a device has."""
        return sum(run.key.device == device for run in self._live.values())

    def of_owner(self, owner: str) -> int:
        """How many live runs a member has."""
        return sum(run.key.owner == owner for run in self._live.values())

    def remote_tokens_of(self, owner: str) -> int:
        """What providers have computed so far for the member's live runs."""
        return sum(run.remote_tokens for run in self._live.values() if run.key.owner == owner)

    def in_conversation(self, conversation: str) -> tuple[LiveRun, ...]:
        """The conversation's live runs: the one being written, then those that wait for it."""
        return tuple(run for run in self._live.values() if run.key.conversation == conversation)

    def forget(self, run: str) -> None:
        """Leave an ended run's log to its last readers; the run is about to be opened again."""
        self._ended.pop(run, None)

    def _remember_ended(self, run: LiveRun) -> None:
        self._ended[run.key.run] = run
        if len(self._ended) > _ENDED_KEPT:
            self._ended.popitem(last=False)

    def _update_queue_positions(self, conversation: str) -> None:
        waiting = (run for run in self.in_conversation(conversation) if run.waiting)
        for position, run in enumerate(waiting, start=1):
            run.set_queue_position(QueuePosition(position, None, "answer"))
