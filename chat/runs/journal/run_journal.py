"""What keeps run events beside the database, whether in a file or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from chat.runs.journal.record import Entry
from chat.runs.journal.recovery import Recovery
from chat.runs.log import MemoryRunLog, RunLog


class RunJournal(Protocol):
    """What is kept of running answers beside the database. `keeps` is False while their events
    are not; `on_unkept` is called before such events are told.
    """

    on_unkept: Callable[[], None]

    @property
    def keeps(self) -> bool: ...

    @property
    def name(self) -> str:
        """What the database is to know it by; empty where there is none."""
        ...

    async def open(self, server: str, before: str) -> Recovery:
        """Begin one for the database `server`; it counts from `confirm` on.

        Returns what the one named `before`, of a process that is dead, has kept.
        """
        ...

    def log(self, run: str, told: MemoryRunLog) -> RunLog:
        """The log of a run whose readers read `told`."""
        ...

    def carry(self, entry: Entry) -> None:
        """Write a text once more that the database refuses, before `confirm`."""
        ...

    async def prepare(self) -> str:
        """Before the texts of a checkpoint are read: what is written from here on follows them.

        Returns the name to be stored with them; empty where the database has it already.
        """
        ...

    async def confirm(self) -> None:
        """The database has the texts of the checkpoint, and the name."""
        ...

    async def close(self) -> None: ...
