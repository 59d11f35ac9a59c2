"""Log files of limited size, readable by their owner alone."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hosting import log_file
from hosting.log_file import NAME, PrivateLog, keep_log

logger = logging.getLogger("chat.under_test")


@pytest.fixture(autouse=True)
def closing() -> Iterator[None]:
    yield
    for handler in logging.getLogger().handlers[:]:
        if isinstance(handler, PrivateLog):
            logging.getLogger().removeHandler(handler)
            handler.close()


def test_entries_are_kept_with_time_and_place(tmp_path: Path) -> None:
    keep_log(tmp_path / "logs", 1, 2)
    logger.warning("the disk\nis full")
    began, entry = (tmp_path / "logs" / NAME).read_text().splitlines()
    assert "MyLLM" in began
    assert entry.endswith(r"WARNING chat.under_test the disk\nis full")


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_only_their_owner_reads_them(tmp_path: Path) -> None:
    keep_log(tmp_path / "logs", 1, 2)
    assert (tmp_path / "logs").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "logs" / NAME).stat().st_mode & 0o777 == 0o600


def test_they_never_grow_beyond_what_is_set(tmp_path: Path) -> None:
    keep_log(tmp_path, 1, 3)
    for _ in range(50):
        logger.warning("%s", "x" * 100_000)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [NAME, f"{NAME}.1", f"{NAME}.2"]
    assert all(file.stat().st_size <= 1_000_000 for file in files)


def test_a_limit_of_zero_keeps_none(tmp_path: Path) -> None:
    assert keep_log(tmp_path / "logs", 0, 2) is None
    assert not (tmp_path / "logs").exists()


def test_an_unwritable_folder_does_not_prevent_the_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "logs").write_text("a file, and no folder")
    assert keep_log(tmp_path / "logs", 1, 2) is None
    assert "no log can be kept" in caplog.text


def test_a_full_disk_loses_an_entry_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = keep_log(tmp_path, 1, 2)
    assert isinstance(handler, log_file.PrivateLog)

    def full(_: logging.LogRecord) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(handler, "format", full)
    logger.warning("lost")
    assert "Logging error" not in capsys.readouterr().err
