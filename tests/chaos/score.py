"""What a series of kills did and what came of it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.chaos.difference import NO_DIFFERENCE, Difference
from tests.chaos.fault import Fault, FaultKind, characters
from tests.chaos.moments import MOMENTS, Moment
from tests.chaos.transcript import Transcript

Cell = str | float | int


@dataclass(eq=False, slots=True)
class Score:
    """Counts. `characters` are those that were compared with what is stored in the end."""

    rounds: int = 0
    kills: Counter[Moment] = field(default_factory=Counter)
    starts_killed: int = 0
    answers: int = 0
    readers: int = 0
    characters: int = 0
    epochs_changed: int = 0
    difference: Difference = NO_DIFFERENCE
    faults: Counter[FaultKind] = field(default_factory=Counter)
    back_seconds: list[float] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether no promise was broken."""
        return not self.faults

    def add(self, readers: Sequence[Transcript], faults: Sequence[Fault], epochs: int) -> None:
        """One answer, judged. What is wrong is printed."""
        self.answers += 1
        self.readers += len(readers)
        self.characters += sum(len(text) for reader in readers for text in reader.texts.values())
        self.epochs_changed += epochs
        self.difference += characters(faults)
        self.faults.update(fault.kind for fault in faults)
        for fault in faults:
            print(f"{fault.kind}: {fault.where}: {fault.what}", file=sys.stderr)

    def tell(self) -> None:
        """How far it is, for people who wait."""
        found = f"{sum(self.faults.values())} faults, {self.epochs_changed} new epochs"
        print(f"{self.kills.total()} kills, {self.answers} answers, {found}", file=sys.stderr)

    def figures(self) -> dict[str, Cell]:
        """For the table and the line of JSON."""
        return {
            "kills": self.kills.total(),
            **{f"kills at {moment}": self.kills[moment] for moment in MOMENTS},
            "starts killed too": self.starts_killed,
            "answers": self.answers,
            "readers": self.readers,
            "characters compared": self.characters,
            "changed": self.difference.changed,
            "lost": self.difference.lost,
            "doubled": self.difference.doubled,
            "numbers out of order": self.faults["number"],
            "ends missing or too many": self.faults["end"],
            "cursors refused": self.faults["refused"],
            "epochs changed": self.epochs_changed,
            "seconds to be back, median": round(median(self.back_seconds or [0]), 2),
            "seconds to be back, most": round(max(self.back_seconds, default=0), 2),
        }
