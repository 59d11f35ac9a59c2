"""What came of an import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Imported:
    """How many conversations and messages were new; `known` messages were here already.

    `repaired` counts what of the file had to be changed: ids that came twice, replies without what
    they reply to or in a circle, dates that no database keeps.
    """

    conversations: int = 0
    messages: int = 0
    known: int = 0
    repaired: int = 0

    def __add__(self, other: Imported) -> Imported:
        return Imported(
            self.conversations + other.conversations,
            self.messages + other.messages,
            self.known + other.known,
            self.repaired + other.repaired,
        )
