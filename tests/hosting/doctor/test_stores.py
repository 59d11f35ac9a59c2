"""Disk, memory and database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import OperationalError, connection

from hosting.database.files import NAME, DatabaseFiles
from hosting.database.history import remember
from hosting.doctor import stores
from hosting.doctor.finding import Verdict
from hosting.doctor.stores import Needs, judge_disk, judge_memory, needs_of, running_needs
from inference import Memory, ModelOnDisk
from tests.overrides import Overrides

GB = 1_000_000_000
MODEL = ModelOnDisk(Path("big.gguf"), 4 * GB, is_there=True)


def test_a_disk_with_room_is_good_and_a_full_one_bad() -> None:
    assert judge_disk(5 * GB, GB, Path("var")).verdict is Verdict.GOOD
    full = judge_disk(50_000_000, GB, Path("var"))
    assert full.verdict is Verdict.BAD
    assert "50 MB free at var, 1.0 GB are needed" in full.sentence


@pytest.mark.parametrize(
    ("memory", "verdict"),
    [
        (Memory(16 * GB, 12 * GB), Verdict.GOOD),
        (Memory(16 * GB, 3 * GB), Verdict.NOTE),
        (Memory(4 * GB, 3 * GB), Verdict.BAD),
    ],
)
def test_memory_is_measured_against_the_models(memory: Memory, verdict: Verdict) -> None:
    assert judge_memory(memory, needs_of([MODEL])).verdict is verdict


def test_what_a_model_takes_is_not_what_its_file_weighs() -> None:
    """A file of 98 MB takes 390 MB: with its cache, its workspace and remembered prompts."""
    memory = Memory(2 * GB, 300_000_000)
    small = ModelOnDisk(Path("small.gguf"), 98_000_000, is_there=True, memory=390_000_000)
    finding = judge_memory(memory, needs_of([small]))
    assert finding.verdict is Verdict.NOTE
    assert "390 MB" in finding.sentence


def test_what_is_loaded_already_needs_no_free_memory() -> None:
    loaded = judge_memory(Memory(16 * GB, 3 * GB), Needs(6 * GB, 0))
    assert loaded.verdict is Verdict.GOOD
    assert "6.0 GB" in loaded.sentence


def test_without_a_server_its_models_are_unknown(conf: Overrides, tmp_path: Path) -> None:
    conf.data_dir = tmp_path
    assert running_needs() is None


@pytest.mark.django_db
def test_an_older_database_is_only_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "is_migrated", lambda: True)
    assert stores.database().verdict is Verdict.GOOD
    monkeypatch.setattr(stores, "is_migrated", lambda: False)
    assert stores.database().verdict is Verdict.NOTE


@pytest.mark.django_db
def test_a_database_that_does_not_open_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged() -> bool:
        raise OperationalError("file is not a database")

    monkeypatch.setattr(stores, "is_migrated", damaged)
    finding = stores.database()
    assert finding.verdict is Verdict.BAD
    assert "file is not a database" in finding.sentence


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file")
def test_a_missing_database_is_not_created(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "none.sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", file)
    assert stores.database().verdict is Verdict.GOOD
    assert not file.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file")
def test_a_lost_database_is_reported_and_not_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, conf: Overrides
) -> None:
    conf.data_dir = tmp_path
    monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / NAME)
    files = DatabaseFiles(tmp_path / NAME)
    remember(files)
    finding = stores.database()
    assert finding.verdict is Verdict.BAD
    assert "--new-database" in finding.sentence
    assert "\n" not in finding.sentence
    monkeypatch.setattr(stores, "can_be_restored", lambda files: True)
    assert stores.database().verdict is Verdict.NOTE
    assert list(tmp_path.iterdir()) == [files.marker]
