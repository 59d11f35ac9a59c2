"""What proves that a data folder had a database, and what does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hosting.database.files import DatabaseFiles
from hosting.database.history import remember, was_used
from hosting.log_file import NAME as LOG

BEGINNING = "2026-01-01 10:00:00,000 INFO hosting.log_file MyLLM 1 starts, Python 3.11"


def write(files: DatabaseFiles, name: str, content: str = "x") -> None:
    file = files.folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)


def test_keys_models_and_failed_starts_prove_nothing(files: DatabaseFiles) -> None:
    write(files, "secret_key")
    write(files, "models/builtin.gguf")
    write(files, f"logs/{LOG}", f"{BEGINNING}\n{BEGINNING}\n")
    write(files, "myllm.sqlite3-wal", "")
    assert not was_used(files)


def test_the_marker_is_created_once_and_proves_it(files: DatabaseFiles) -> None:
    remember(files)
    first = files.marker.read_text()
    files.marker.write_text(first + "older")
    remember(files)
    assert files.marker.read_text() == first + "older"
    assert was_used(files)


@pytest.mark.parametrize("name", ["tls/authority.crt", f"logs/{LOG}.1"])
def test_what_a_running_server_leaves_proves_it(files: DatabaseFiles, name: str) -> None:
    write(files, name)
    assert was_used(files)


def test_a_log_entry_of_a_running_server_proves_it(files: DatabaseFiles) -> None:
    entry = "2026-01-01 10:05:00,000 WARNING hosting.machine_watch The disk is almost full."
    write(files, f"logs/{LOG}", f"{BEGINNING}\n{entry}\n")
    assert was_used(files)


def test_a_journal_proves_it_unless_a_first_start_was_interrupted(
    files: DatabaseFiles, journal: Path
) -> None:
    shutil.copyfile(journal, files.journal)
    assert was_used(files)
    files.main.write_bytes(b"SQLite format 3\0" + bytes(4080))
    assert not was_used(files)


def test_a_marker_that_finds_no_room_is_no_failure(files: DatabaseFiles) -> None:
    remember(DatabaseFiles(files.folder / "missing" / files.main.name))
