"""No journal: after the process was killed, runs go on from their checkpoints in new epochs."""

from __future__ import annotations

from collections.abc import Callable

from chat.runs.journal.record import Entry
from chat.runs.journal.recovery import Recovery
from chat.runs.log import MemoryRunLog, RunLog


class Unjournaled:
    """A `RunJournal` that writes nothing, and of which nobody is told that it does not."""

    keeps = True
    name = ""
    on_unkept: Callable[[], None] = staticmethod(lambda: None)

    async def open(self, server: str, before: str) -> Recovery:
        return Recovery()

    def log(self, run: str, told: MemoryRunLog) -> RunLog:
        return told

    def carry(self, entry: Entry) -> None:
        """Nothing is kept."""

    async def prepare(self) -> str:
        return ""

    async def confirm(self) -> None:
        """Nothing was written."""

    async def close(self) -> None:
        """Nothing is open."""
