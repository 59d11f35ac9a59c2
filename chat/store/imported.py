"""The result of an import."""

from __future__ import annotations

from dataclasses import dataclass

from chat.transfer.skipped import Skipped


@dataclass(frozen=True, slots=True)
class Imported:
    """How many conversations and messages were new; `known` messages existed already.

    `repaired` counts corrections: of repeated ids, replies without a parent or in a cycle, and
    dates that cannot be stored. `skipped` counts conversations that could not be imported while
    others could; `skips` has the first twenty of them with the reason.
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
