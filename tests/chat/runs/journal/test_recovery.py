"""What a dead process's journal adds, and when it must not be believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from chat.run_events import Numbered, RestoredText, RunEnded, RunStarted, TextDelta, TextSnapshot
from chat.runs.journal import recovery as recovery_module
from chat.runs.journal.boot import boot_id
from chat.runs.journal.header import Header
from chat.runs.journal.record import (
    DeltaEntry,
    EndedEntry,
    Entry,
    StartedEntry,
    TextEntry,
    encode_entries,
    frame,
)
from chat.runs.journal.recovery import Recovery, recover
from chat.runs.journal.segment import Segment, file_of

HEADER = Header("j", "server", boot_id(), 1)
START = StartedEntry("r", 1, 1, 0, "m", 2)
ONE = DeltaEntry("r", 1, 2, 1, "answer", 0, "你")
TWO = DeltaEntry("r", 1, 3, 2, "answer", 1, "好")
THOUGHT = DeltaEntry("r", 1, 4, 3, "reasoning", 0, "想")
END = EndedEntry("r", 1, 5, 3, RunEnded("completed", "stop"))
NOTHING = TextSnapshot(1, 0, "m", "", "")


def _write(folder: Path, *entries: Entry, header: Header = HEADER) -> Path:
    segment = Segment(folder, header)
    for entry in entries:
        segment.append(frame(encode_entries([entry]), segment.seed))
    segment.close()
    return max(folder.iterdir(), key=lambda file: file.name)


def _restored(folder: Path, kept: TextSnapshot = NOTHING) -> RestoredText:
    return recover(folder, "j", "server").complete("r", kept, 0)


def test_events_after_the_checkpoint_complete_its_text(tmp_path: Path) -> None:
    _write(tmp_path, START, ONE, TWO, THOUGHT)
    kept = TextSnapshot(1, 2, "m", "", "你", 2)
    assert _restored(tmp_path, kept) == RestoredText(
        TextSnapshot(1, 4, "m", "想", "你好", 2),
        tokens=3,
        events=(
            Numbered(1, RunStarted("m", 2)),
            Numbered(2, TextDelta("answer", "你")),
            Numbered(3, TextDelta("answer", "好")),
            Numbered(4, TextDelta("reasoning", "想")),
        ),
    )


def test_an_end_that_the_database_did_not_take_is_the_end(tmp_path: Path) -> None:
    _write(tmp_path, START, ONE, TWO, THOUGHT, END)
    found = _restored(tmp_path)
    assert found.end == RunEnded("completed", "stop")
    assert (found.text.seq, found.text.answer) == (4, "你好")


def test_a_second_segment_goes_on_from_the_first(tmp_path: Path) -> None:
    _write(tmp_path, START, ONE)
    _write(tmp_path, TWO, header=replace(HEADER, segment=2))
    assert _restored(tmp_path).text == TextSnapshot(1, 3, "m", "", "你好", 2)


def test_a_run_that_told_nothing_since_its_checkpoint_stays_in_its_epoch(tmp_path: Path) -> None:
    _write(tmp_path)
    kept = TextSnapshot(2, 7, "m", "", "都在")
    assert _restored(tmp_path, kept) == RestoredText(kept)


def test_entries_of_other_runs_and_epochs_are_left_alone(tmp_path: Path) -> None:
    _write(tmp_path, START, structs.replace(ONE, run="s"), structs.replace(ONE, epoch=2), ONE)
    assert _restored(tmp_path).text.answer == "你"


def test_a_text_written_once_more_stands_for_the_events_before_it(tmp_path: Path) -> None:
    whole = TextSnapshot(1, 9, "m", "", "九个字")
    _write(
        tmp_path, THOUGHT, TextEntry("r", 1, 9, 5, whole), structs.replace(TWO, seq=10, offset=3)
    )
    assert _restored(tmp_path).text == replace(whole, seq=10, answer="九个字好")


@pytest.mark.parametrize(
    "missing",
    [
        lambda folder: None,
        lambda folder: _write(folder, ONE, header=replace(HEADER, journal="other")),
        lambda folder: _write(folder, ONE, header=replace(HEADER, server="other")),
        lambda folder: _write(folder, ONE, header=replace(HEADER, boot="an earlier one")),
        lambda folder: _write(folder, ONE, header=replace(HEADER, format=99)),
        lambda folder: _write(folder, TWO),
        lambda folder: _write(folder, START, structs.replace(ONE, offset=5)),
    ],
    ids=["none", "name", "server", "boot", "format", "gap", "offset"],
)
def test_what_may_lack_events_begins_a_new_epoch(
    tmp_path: Path, missing: Callable[[Path], object]
) -> None:
    missing(tmp_path)
    found = _restored(tmp_path)
    assert (found.text.epoch, found.events) == (2, ())


def test_after_a_power_cut_the_text_is_kept_in_a_new_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, START, ONE)
    monkeypatch.setattr(recovery_module, "boot_id", lambda: "the next one")
    assert _restored(tmp_path).text == TextSnapshot(2, 2, "m", "", "你", 2)


def test_where_the_boot_is_not_known_nothing_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, header=replace(HEADER, boot=""))
    monkeypatch.setattr(recovery_module, "boot_id", lambda: "")
    assert _restored(tmp_path).text.epoch == 2


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_a_torn_last_record_is_dropped_and_begins_a_new_epoch(tmp_path: Path, cut: int) -> None:
    file = _write(tmp_path, START, ONE, TWO)
    file.write_bytes(file.read_bytes()[:-cut])
    assert _restored(tmp_path).text == TextSnapshot(2, 2, "m", "", "你", 2)


def test_a_missing_segment_begins_a_new_epoch(tmp_path: Path) -> None:
    _write(tmp_path, START, ONE)
    _write(tmp_path, structs.replace(TWO, seq=4), header=replace(HEADER, segment=3))
    assert _restored(tmp_path).text.epoch == 2


def test_no_journal_begins_a_new_epoch() -> None:
    assert Recovery().complete("r", NOTHING, 0) == RestoredText(replace(NOTHING, epoch=2))


@pytest.mark.parametrize("number", [1, 2], ids=["the older", "the newest"])
@pytest.mark.parametrize(
    "broken", [b"", b"damaged", None], ids=["empty", "damaged", "not readable"]
)
def test_a_file_of_the_journal_that_cannot_be_read_begins_a_new_epoch(
    tmp_path: Path, number: int, broken: bytes | None
) -> None:
    _write(tmp_path, START, ONE)
    _write(tmp_path, structs.replace(START, run="s"), header=replace(HEADER, segment=2))
    file = file_of(tmp_path, replace(HEADER, segment=number))
    file.unlink()
    if broken is None:
        file.mkdir()
    else:
        file.write_bytes(broken)
    found = _restored(tmp_path, TextSnapshot(1, 2, "m", "", "你"))
    is_just_made = number == 2 and broken == b""
    assert found.text.epoch == (1 if is_just_made else 2)
