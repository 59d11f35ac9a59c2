"""A database's contents, examined on a copy."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hosting.database.files import DatabaseFiles
from hosting.database.replay import SMALL_BYTES, holds_tables, is_blank, replayed
from tests.hosting.database.conftest import fill, titles


@pytest.mark.parametrize("content", [None, b"", bytes(8192)])
def test_a_file_that_is_missing_empty_or_zeros_is_blank(
    files: DatabaseFiles, content: bytes | None
) -> None:
    if content is not None:
        files.main.write_bytes(content)
    assert is_blank(files.main)
    assert not holds_tables(files)


def test_a_database_without_tables_holds_none(files: DatabaseFiles) -> None:
    with closing(sqlite3.connect(files.main)) as database:
        database.execute("PRAGMA user_version = 7")
    assert not is_blank(files.main)
    assert not holds_tables(files)


def test_tables_that_are_still_in_the_journal_count(files: DatabaseFiles) -> None:
    with closing(sqlite3.connect(files.main)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        fill(database)
        assert files.main.stat().st_size < SMALL_BYTES
        assert holds_tables(files)


def test_what_is_no_database_is_not_taken_for_an_empty_one(files: DatabaseFiles) -> None:
    files.main.write_bytes(b"not a database" * 100)
    assert holds_tables(files)


def test_a_new_database_is_complete_in_its_journal(files: DatabaseFiles, journal: Path) -> None:
    shutil.copyfile(journal, files.journal)
    before = files.journal.read_bytes()
    with replayed(files) as copy:
        assert copy is not None
        assert titles(copy) == ["kept"]
    assert files.journal.read_bytes() == before
    assert not files.main.exists()


def test_half_a_journal_and_something_else_give_nothing(
    files: DatabaseFiles, journal: Path
) -> None:
    for content in (journal.read_bytes()[:5000], b"something else" * 100, b""):
        files.journal.write_bytes(content)
        with replayed(files) as copy:
            assert copy is None
