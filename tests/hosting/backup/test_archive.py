"""A backup contains what a data folder needs, and a restore reproduces it."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from hosting.backup.archive import back_up
from hosting.backup.extraction import NewerBackupError, NoBackupError, extract
from hosting.backup.pending import apply_pending, pending_folder
from hosting.backup.restore import restore
from hosting.database.files import DatabaseFiles


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for name in ("tls", "journal", "attachments/ab", "models", "logs"):
        (folder / name).mkdir(parents=True)
    _fill(folder, "first")
    return folder


def _fill(folder: Path, text: str) -> None:
    for name in ("secret_key", "tls/authority.key", "attachments/ab/abc", "models/m", "logs/l"):
        (folder / name).write_text(text)
    with closing(sqlite3.connect(folder / "myllm.sqlite3")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE IF NOT EXISTS words (word TEXT)")
        database.execute("INSERT INTO words VALUES (?)", (text,))
        database.commit()


def _words(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "myllm.sqlite3")) as database:
        return [word for (word,) in database.execute("SELECT word FROM words")]


def _back_up(data: Path, target: Path) -> set[str]:
    return set(back_up(data, DatabaseFiles(data / "myllm.sqlite3"), target).files)


def test_models_and_logs_are_left_out(data: Path, tmp_path: Path) -> None:
    kept = _back_up(data, tmp_path / "b.zip")
    assert kept == {"myllm.sqlite3", "secret_key", "tls/authority.key", "attachments/ab/abc"}


def test_only_its_owner_reads_it(data: Path, tmp_path: Path) -> None:
    _back_up(data, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "data"]


def test_a_restored_folder_is_as_it_was_and_the_replaced_one_is_kept(
    data: Path, tmp_path: Path
) -> None:
    _back_up(data, tmp_path / "b.zip")
    _fill(data, "second")
    restore(tmp_path / "b.zip", data)
    assert _words(data) == ["first"]
    assert (data / "secret_key").read_text() == "first"
    assert (data / "models/m").read_text() == "second"
    (aside,) = data.glob("before-restore-*")
    assert _words(aside) == ["first", "second"]
    assert (aside / "tls/authority.key").read_text() == "second"


def test_it_is_restored_into_an_empty_folder(data: Path, tmp_path: Path) -> None:
    _back_up(data, tmp_path / "b.zip")
    (tmp_path / "new").mkdir()
    restore(tmp_path / "b.zip", tmp_path / "new")
    assert _words(tmp_path / "new") == ["first"]


def test_a_commit_in_the_write_ahead_log_alone_is_backed_up(data: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data / "myllm.sqlite3")) as writing:
        writing.execute("INSERT INTO words VALUES ('open')")
        writing.commit()
        assert (data / "myllm.sqlite3-wal").stat().st_size
        _back_up(data, tmp_path / "b.zip")
    extract(tmp_path / "b.zip", tmp_path / "out")
    assert _words(tmp_path / "out") == ["first", "open"]


@pytest.mark.parametrize("moved", range(5))
def test_a_restore_that_was_killed_is_completed(data: Path, tmp_path: Path, moved: int) -> None:
    _back_up(data, tmp_path / "b.zip")
    _fill(data, "second")
    extract(tmp_path / "b.zip", pending_folder(data))
    for new in sorted(pending_folder(data).iterdir())[:moved]:
        if (data / new.name).exists():
            (data / new.name).rename(data / f"aside-{new.name}")
        if new.name == "myllm.sqlite3":
            for beside in data.glob("myllm.sqlite3-*"):
                beside.rename(data / f"aside-{beside.name}")
        new.rename(data / new.name)
    apply_pending(data)
    assert _words(data) == ["first"]
    assert (data / "secret_key").read_text() == "first"
    assert not pending_folder(data).exists()


def _changed(archive: Path, name: str, content: bytes) -> Path:
    changed = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as read, zipfile.ZipFile(changed, "w") as written:
        for entry in read.namelist():
            written.writestr(entry, content if entry == name else read.read(entry))
        if name not in read.namelist():
            written.writestr(name, content)
    return changed


def _manifest(archive: Path, **changes: object) -> bytes:
    with zipfile.ZipFile(archive) as read:
        return json.dumps(json.loads(read.read("manifest.json")) | changes).encode()


def test_nothing_is_restored_from_what_is_damaged(data: Path, tmp_path: Path) -> None:
    _back_up(data, tmp_path / "b.zip")
    _fill(data, "second")
    whole = (tmp_path / "b.zip").read_bytes()
    damaged = [
        _changed(tmp_path / "b.zip", "secret_key", b"other").read_bytes(),
        _changed(tmp_path / "b.zip", "manifest.json", b"{}").read_bytes(),
        _changed(
            tmp_path / "b.zip", "manifest.json", _manifest(tmp_path / "b.zip", format=2)
        ).read_bytes(),
        whole[:-100],
        whole[: len(whole) // 2],
        b"",
        b"no zip file",
    ]
    for content in damaged:
        (tmp_path / "damaged.zip").write_bytes(content)
        with pytest.raises(NoBackupError):
            restore(tmp_path / "damaged.zip", data)
    assert _words(data) == ["first", "second"]
    assert not list(data.glob("restore-*"))


@pytest.mark.parametrize(
    "name",
    ["../out", "/etc/out", "tls/../../out", "models/m", "tls", "owner.lock", "tls\\out", "c:/x"],
)
def test_a_file_outside_a_backups_folders_is_refused(data: Path, tmp_path: Path, name: str) -> None:
    _back_up(data, tmp_path / "b.zip")
    files = {name: {"size": 1, "sha256": "0" * 64}}
    manifest = _manifest(tmp_path / "b.zip", files=files)
    with pytest.raises(NoBackupError):
        restore(_changed(tmp_path / "b.zip", "manifest.json", manifest), data)
    assert not (tmp_path / "out").exists()


def test_a_newer_versions_backup_is_refused(data: Path, tmp_path: Path) -> None:
    _back_up(data, tmp_path / "b.zip")
    manifest = _manifest(tmp_path / "b.zip", version="999.0.0")
    with pytest.raises(NewerBackupError, match=r"999\.0\.0"):
        restore(_changed(tmp_path / "b.zip", "manifest.json", manifest), data)
