"""Why a database cannot be used: one sentence, which never advises to move or delete it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, connection

from hosting.database import trouble
from hosting.database.trouble import explain_database

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's codes")


def failure(code: int, words: str) -> DatabaseError:
    cause = sqlite3.OperationalError(words)
    cause.sqlite_errorcode = code
    error = OperationalError(words)
    error.__cause__ = cause
    return error


@pytest.fixture(autouse=True)
def main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "myllm.sqlite3")
    return tmp_path / "myllm.sqlite3"


@pytest.mark.parametrize(
    "code",
    [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_CANTOPEN],
)
def test_a_full_disk_is_named(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "free_bytes", lambda folder: 0)
    sentence = str(explain_database(failure(code, "disk I/O error")))
    assert "is full" in sentence
    assert "do not move or delete" in sentence


def test_another_failure_of_the_disk_is_not_a_full_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "free_bytes", lambda folder: 10**12)
    sentence = str(explain_database(failure(sqlite3.SQLITE_IOERR, "disk I/O error")))
    assert "disk I/O error" in sentence
    assert "do not delete" in sentence


def test_a_locked_file_and_a_damaged_one_have_different_sentences(main: Path) -> None:
    held = str(explain_database(failure(sqlite3.SQLITE_BUSY, "database is locked")))
    assert "another program" in held
    damaged = str(explain_database(failure(sqlite3.SQLITE_NOTADB, "file is not a database")))
    assert f"{main} is damaged" in damaged
    assert "backup" in damaged
