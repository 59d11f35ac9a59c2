"""What a storm did and what came of it: the counts of its last line."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from tests.chaos.device import Told
from tests.chaos.script import Question

FINAL = ("completed", "cancelled")


@dataclass
class Tally:
    """Counts. `lost` and `repeated` are characters; `amiss` are runs that did not end once."""

    rounds: int = 0
    runs: int = 0
    readers: int = 0
    connections: int = 0
    kills: int = 0
    stops: int = 0
    recovered: int = 0
    characters: int = 0
    lost: int = 0
    repeated: int = 0
    amiss: int = 0

    def judge(self, database: Path, question: Question, readers: list[Told]) -> None:
        """Hold what every reader has against what is stored, and that against the script."""
        run = readers[0].run
        stored, status, epoch = stored_run(database, run)
        before = (self.lost, self.repeated, self.amiss)
        self.runs += 1
        self.recovered += epoch > 1
        self.characters += sum(map(len, stored.values()))
        for reader in readers:
            self.readers += 1
            self._compare(stored, reader.text)
            self.amiss += not reader.ended_once(epoch)
        self.amiss += status not in FINAL or (status == "cancelled" and question.stop_after is None)
        if (expected := question.expected()) is not None:
            cut = status == "cancelled"
            self._compare(_prefix(expected, stored) if cut else expected, stored)
        if before != (self.lost, self.repeated, self.amiss):
            told = "\n".join(map(str, readers))
            print(f"{question}\nstored {status} {epoch} {stored}\n{told}", file=sys.stderr)

    def _compare(self, whole: dict[str, str], told: dict[str, str]) -> None:
        for channel, text in whole.items():
            if told[channel] == text:
                continue
            matcher = SequenceMatcher(None, text, told[channel], autojunk=False)
            for _, begin, end, told_begin, told_end in matcher.get_opcodes():
                if text[begin:end] != told[channel][told_begin:told_end]:
                    self.lost += end - begin
                    self.repeated += told_end - told_begin


def stored_run(database: Path, run: str) -> tuple[dict[str, str], str, int]:
    """A run's text by channel, its status and its epoch, straight out of the file."""
    query = """
        SELECT content, reasoning, status, epoch
        FROM chat_run JOIN chat_message ON chat_message.id = message_id WHERE chat_run.id = ?
    """
    with closing(sqlite3.connect(database)) as connection:
        answer, reasoning, status, epoch = connection.execute(query, (run,)).fetchone()
    return {"answer": answer, "reasoning": reasoning}, status, epoch


def _prefix(whole: dict[str, str], cut: dict[str, str]) -> dict[str, str]:
    return {channel: text[: len(cut[channel])] for channel, text in whole.items()}
