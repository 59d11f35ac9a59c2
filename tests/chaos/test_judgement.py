"""What readers have is what is stored, and the same event is the same for all of them."""

from __future__ import annotations

import pytest

from tests.chaos.difference import Difference
from tests.chaos.fault import characters
from tests.chaos.judgement import Stored, faults_of, retold
from tests.chaos.transcript import Transcript

TEXT = "A fox lived by the sea."


def reader(*pieces: str, epoch: int = 1, ended: bool = True) -> Transcript:
    made = Transcript("r", "a reader")
    made.take({"type": "start", "seq": 1, "epoch": epoch})
    for seq, piece in enumerate(pieces, start=2):
        made.take({"type": "stream", "seq": seq, "channel": "answer", "content": piece})
    if ended:
        made.take({"type": "end", "seq": len(pieces) + 2})
    return made


def stored(answer: str = TEXT, status: str = "completed", epoch: int = 1) -> Stored:
    return Stored({"answer": answer, "reasoning": ""}, status, epoch)


def test_readers_who_have_what_is_stored_have_no_fault() -> None:
    assert faults_of([reader(TEXT), reader(TEXT)], [stored(), stored()]) == []


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("A fXx lived by the sea.", Difference(changed=1)),
        ("A fx lived by the sea.", Difference(lost=1)),
        ("A ffox lived by the sea.", Difference(doubled=1)),
    ],
)
def test_a_reader_who_has_another_text_is_told(told: str, found: Difference) -> None:
    (fault,) = faults_of([reader(told)], [stored()])
    assert (fault.kind, fault.difference) == ("text", found)
    assert "at character" in fault.what


def test_an_event_that_two_readers_were_told_differently_is_told() -> None:
    faults = faults_of([reader("A fox", TEXT[5:]), reader("A f", TEXT[3:])], [stored()])
    assert {fault.kind for fault in faults} == {"text"}


def test_an_end_that_is_missing_is_told() -> None:
    (fault,) = faults_of([reader(TEXT, ended=False)], [stored()])
    assert fault.kind == "end"


def test_a_run_that_did_not_complete_is_told() -> None:
    (fault,) = faults_of([reader(TEXT)], [stored(status="failed")])
    assert fault.kind == "end"


def test_another_epoch_than_the_stored_one_is_told() -> None:
    (fault,) = faults_of([reader(TEXT)], [stored(epoch=2)])
    assert fault.kind == "epoch"


def test_text_of_an_earlier_epoch_that_is_told_otherwise_counts_over_epochs() -> None:
    made = reader("A fox", ended=False)
    snapshot = {"type": "snapshot", "seq": 1, "epoch": 2, "content": "A f", "reasoning": ""}
    made.take(snapshot)
    made.take({"type": "stream", "seq": 2, "channel": "answer", "content": "ig tree"})
    assert made.faults == []
    assert characters(retold(made)) == Difference(changed=2)
