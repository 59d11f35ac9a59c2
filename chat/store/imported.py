"""What came of an import."""

from __future__ import annotations

from dataclasses import dataclass

from chat.transfer.skipped import Skipped


@dataclass(frozen=True, slots=True)
class Imported:
    """How many conversations and messages were new; `known` messages were here already.

    `repaired` counts what of the file had to be changed: ids that came twice, replies without what
    they reply to or in a circle, dates that no database keeps. `skipped` conversations could not be
    imported while others could; `skips` tells of the first twenty which and why.
    """

    conversations: int = 0
    messages: int = 0
    known: int = 0
    repaired: int = 0
    skipped: int = 0
    skips: tuple[Skipped, ...] = ()

    def __add__(self, other: Imported) -> Imported:
        return Imported(
            self.conversations + other.conversations,
            self.messages + other.messages,
            self.known + other.known,
            self.repaired + other.repaired,
            self.skipped + other.skipped,
            (*self.skips, *other.skips),
        )
