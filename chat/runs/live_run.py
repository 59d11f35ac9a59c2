"""One live run: what it is found by, its log, and who may end it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from chat.run_events import QueuePosition, Suspended, Withdrawn
from chat.runs.log import RunLog


@dataclass(frozen=True, slots=True)
class RunKey:
    """What a run is found and counted by. `owner` is whose conversation it is in; who asked
    `is_owner` where the login said so, and not the database alone.
    """

    run: str
    conversation: str
    device: str
    model: str = ""
    owner: str = ""
    is_owner: bool = False


@dataclass(eq=False, slots=True)
class LiveRun:
    """A run, its log, and what its readers are told beside the log.

    `queue_position` is set while it waits in a queue, `waiting` says that this queue is its
    conversation's. `tokens` are those generated so far, `remote_tokens` those that a provider
    computed for it in this process. `saved` is False while the database does not take its text, of
    which it has events up to `saved_seq`. `left` is set where no end will come.
    """

    key: RunKey
    log: RunLog
    queue_position: QueuePosition | None = None
    waiting: bool = False
    tokens: int = 0
    remote_tokens: int = 0
    saved_seq: int = 0
    saved: bool = True
    ending: bool = False
    left: Withdrawn | Suspended | None = None
    task: asyncio.Task[None] | None = field(default=None, repr=False)

    def claim_end(self) -> bool:
        """Whether the caller is the first to end the run; nothing is appended after that
        but its end event.
        """
        if self.ending:
            return False
        self.ending = True
        return True

    def set_queue_position(self, position: QueuePosition) -> None:
        """Let its readers know."""
        self.queue_position = position
        self.log.wake()

    def set_saved(self, saved: bool) -> None:
        """Let its readers know whether its text can be kept."""
        if saved != self.saved:
            self.saved = saved
            self.log.wake()

    def leave(self, left: Withdrawn | Suspended) -> None:
        """Nothing more will come, not even an end: let its readers go."""
        self.left = left
        self.log.wake()
