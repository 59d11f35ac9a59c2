"""A lost database is not silently replaced by a new one."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from hosting.database.files import DatabaseFiles
from hosting.database.history import remember
from hosting.database.lost import LostDatabase, allow_new_database, is_lost, require_database
from hosting.database.restoring import set_aside
from tests.hosting.database.conftest import fill, titles


def names(files: DatabaseFiles) -> set[str]:
    return {file.name for file in files.folder.iterdir()}


def test_a_first_start_passes(files: DatabaseFiles) -> None:
    (files.folder / "secret_key").write_text("x")
    require_database(files)
    files.main.touch()
    require_database(files)


def test_an_existing_database_passes(files: DatabaseFiles) -> None:
    remember(files)
    with closing(sqlite3.connect(files.main)) as database:
        fill(database)
    require_database(files)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX alone ends locks so")
def test_a_check_of_an_open_database_releases_no_lock(files: DatabaseFiles) -> None:
    with closing(sqlite3.connect(files.main)) as database:
        fill(database)
    require_database(files)
    opened = f"import sqlite3; taken = sqlite3.connect({str(files.main)!r}, timeout=0)"
    take = f"{opened}; taken.execute('BEGIN EXCLUSIVE')"
    with closing(sqlite3.connect(files.main, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        require_database(files)
        other = subprocess.run([sys.executable, "-c", take], capture_output=True, check=False)
    assert b"locked" in other.stderr


@pytest.mark.parametrize(("content", "word"), [(None, "is missing"), (b"", "is empty")])
def test_a_lost_one_is_reported_with_what_was_found(
    files: DatabaseFiles, content: bytes | None, word: str
) -> None:
    remember(files)
    if content is not None:
        files.main.write_bytes(content)
    (files.folder / "myllm.sqlite3-wal").write_bytes(b"?" * 60_000)
    (files.folder / "monday.bak").write_bytes(b"?" * 2_500_000)
    (files.folder / "empty.db").touch()
    before = names(files)
    with pytest.raises(LostDatabase) as raised:
        require_database(files)
    sentence = str(raised.value)
    assert f"{files.main} {word}" in sentence
    assert "myllm.sqlite3-wal (60 kB, " in sentence
    assert "monday.bak (2 MB, " in sentence
    assert "empty.db" not in sentence
    assert "serve --new-database" in sentence
    assert names(files) - {"owner.lock"} == before


def test_it_passes_where_a_new_database_is_allowed(files: DatabaseFiles) -> None:
    remember(files)
    with allow_new_database():
        require_database(files)
    with pytest.raises(LostDatabase):
        require_database(files)


def test_one_that_its_journal_holds_is_restored(
    files: DatabaseFiles, journal: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copyfile(journal, files.journal)
    require_database(files)
    (kept,) = files.folder.glob("myllm.sqlite3-wal.*")
    assert kept.read_bytes() == journal.read_bytes()
    assert titles(files.main) == ["kept"]
    assert "has been restored" in caplog.text
    assert kept.name in caplog.text
    assert not is_lost(files)


def test_a_restoration_that_finds_no_room_leaves_all_as_it_was(
    files: DatabaseFiles, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    shutil.copyfile(journal, files.journal)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        require_database(files)
    assert names(files) == {"myllm.sqlite3-wal", "owner.lock"}


def test_what_is_set_aside_keeps_its_content_and_never_replaces(files: DatabaseFiles) -> None:
    kept: list[Path] = []
    for content in ("first", "second"):
        files.journal.write_text(content)
        kept += set_aside(files)
    assert [file.read_text() for file in kept] == ["first", "second"]
    assert not files.parts()
