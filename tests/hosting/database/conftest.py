"""A data folder with a database in the states that SQLite leaves."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chat.terminal import language
from hosting.database.files import NAME, DatabaseFiles


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


@pytest.fixture
def files(tmp_path: Path) -> DatabaseFiles:
    """Of an empty folder."""
    return DatabaseFiles(tmp_path / NAME)


@pytest.fixture
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of a new database, which contains all of it."""
    folder = tmp_path_factory.mktemp("young")
    with closing(sqlite3.connect(folder / NAME)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        fill(database)
        shutil.copyfile(folder / f"{NAME}-wal", folder / "journal")
    return folder / "journal"


def fill(database: sqlite3.Connection) -> None:
    """The tables that identify MyLLM's database, and one row."""
    with database:
        database.execute("CREATE TABLE django_migrations (name TEXT)")
        database.execute("CREATE TABLE chat_conversation (title TEXT)")
        database.execute("INSERT INTO chat_conversation VALUES ('kept')")


def titles(main: Path) -> list[str]:
    with closing(sqlite3.connect(main)) as database:
        return [title for (title,) in database.execute("SELECT title FROM chat_conversation")]
