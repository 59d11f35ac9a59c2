from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from chat.ownership.private import create_private, make_private

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """As a start with an older version left it."""
    folder = tmp_path / "data"
    for inner in (folder, folder / "logs", folder / "tls", folder / "models"):
        inner.mkdir()
        inner.chmod(0o755)
    for name in ("myllm.sqlite3", "myllm.sqlite3-wal", "secret_key", "database.lock"):
        write(folder / name)
    write(folder / "logs" / "myllm.log")
    write(folder / "tls" / "authority.key")
    write(folder / "models" / "a.gguf")
    return folder


def write(file: Path) -> None:
    file.write_text("x")
    file.chmod(0o644)


def test_all_but_the_models_is_for_the_owner_alone(data: Path) -> None:
    make_private(data)
    assert {mode(path) for path in (data, data / "logs", data / "tls")} == {0o700}
    files = {path.name: mode(path) for path in data.rglob("*") if path.is_file()}
    assert files.pop("a.gguf") == 0o644
    assert set(files.values()) == {0o600}


def test_what_a_restored_backup_replaced_is_the_owners_alone_as_well(data: Path) -> None:
    aside = data / "before-restore-2026-12-03-170000"
    aside.mkdir(mode=0o755)
    write(aside / "secret_key")
    make_private(data)
    assert (mode(data), mode(aside), mode(aside / "secret_key")) == (0o700, 0o700, 0o600)


def test_a_folder_that_was_chosen_and_holds_other_files_is_left_as_it_is(data: Path) -> None:
    write(data / "holiday.jpg")
    make_private(data)
    assert (mode(data), mode(data / "holiday.jpg")) == (0o755, 0o644)
    assert mode(data / "myllm.sqlite3") == 0o600
    make_private(data, is_default=True)
    assert (mode(data), mode(data / "holiday.jpg")) == (0o700, 0o644)


def test_what_a_link_leads_to_is_left_as_it_is(data: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere")
    (data / "secret_key").unlink()
    (data / "secret_key").symlink_to(tmp_path / "elsewhere")
    make_private(data)
    assert mode(tmp_path / "elsewhere") == 0o644


def test_other_peoples_files_are_left_as_they_are(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    make_private(data)
    assert mode(data / "myllm.sqlite3") == 0o644


def test_no_permission_is_given(data: Path) -> None:
    (data / "secret_key").chmod(0o440)
    make_private(data)
    assert mode(data / "secret_key") == 0o400


def test_a_folder_that_is_missing_is_no_failure(tmp_path: Path) -> None:
    make_private(tmp_path / "missing")


def test_a_file_is_private_from_its_beginning_and_never_emptied(tmp_path: Path) -> None:
    file = tmp_path / "file"
    create_private(file)
    assert mode(file) == 0o600
    file.write_text("kept")
    create_private(file)
    assert file.read_text() == "kept"
