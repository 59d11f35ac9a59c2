"""Errors for files of another user, with the command to run."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from chat.terminal import language, unwritable
from chat.terminal.refusal import Refusal
from chat.terminal.unwritable import (
    explain,
    refuse_unusable,
    writable_file,
    writable_folder,
)

if sys.platform == "win32":
    pytest.skip("owners of this kind are POSIX's", allow_module_level=True)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Paths that cannot be used, also if root runs the tests."""
    paths: list[Path] = []
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: Path(path) not in paths and real(path, mode)
    )
    return paths


@pytest.fixture
def other_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    monkeypatch.setattr(os, "getegid", lambda: 54322)


def refusal(tmp_path: Path, *names: str) -> str:
    needed = [writable_folder(tmp_path), *(writable_file(tmp_path / name) for name in names)]
    with pytest.raises(Refusal) as raised:
        refuse_unusable(needed, tmp_path)
    return str(raised.value)


@pytest.mark.usefixtures("other_user")
def test_files_of_another_user_name_that_user_and_the_chown(
    tmp_path: Path, closed: list[Path]
) -> None:
    key = tmp_path / "secret_key"
    key.touch()
    closed.append(key)
    sentence = refusal(tmp_path, "missing", "secret_key")
    assert sentence.startswith(f"{key} belongs to the user {unwritable._user(os.getuid())}")
    assert f"sudo chown -R 54321:54322 {tmp_path}" in sentence
    assert "\n" not in sentence


def test_ones_own_files_need_a_chmod(tmp_path: Path, closed: list[Path]) -> None:
    closed.append(tmp_path)
    assert f"chmod -R u+rwX {tmp_path}" in refusal(tmp_path)


@pytest.mark.usefixtures("other_user")
def test_a_folder_that_cannot_be_made_is_made_by_command(
    tmp_path: Path, closed: list[Path]
) -> None:
    closed.append(tmp_path)
    folder = tmp_path / "my data"
    with pytest.raises(Refusal, match="cannot be made") as raised:
        refuse_unusable([], folder)
    assert f"sudo mkdir -p '{folder}' && sudo chown -R 54321:54322" in str(raised.value)


def test_what_can_be_used_is_not_refused(tmp_path: Path) -> None:
    refuse_unusable([writable_folder(tmp_path), writable_file(tmp_path / "missing")], tmp_path)
    refuse_unusable([], tmp_path / "new" / "folder")


def test_a_full_disk_has_its_own_sentence(tmp_path: Path) -> None:
    error = OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "file"))
    assert f"The disk of {tmp_path} is full" in str(explain(error, tmp_path))


def test_other_errors_have_the_systems_message(tmp_path: Path) -> None:
    error = OSError(errno.EIO, "Input/output error", str(tmp_path / "file"))
    assert "file cannot be used (Input/output error)" in str(explain(error, tmp_path))
