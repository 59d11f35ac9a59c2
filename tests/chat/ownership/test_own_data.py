"""What is owned before a server opens its database. Two processes meet in tests/live."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from chat.ownership import advisory_lock
from chat.ownership import own_data as ownership
from chat.terminal.refusal import Refusal
from tests.overrides import Overrides


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, conf: Overrides) -> list[str]:
    """What was done with the folder, and with PostgreSQL's lock."""
    steps: list[str] = []
    conf.data_dir = tmp_path
    monkeypatch.setattr(ownership, "_database", ownership._Database())
    monkeypatch.setattr(ownership, "claim", lambda folder, at, _: steps.append(f"claim {at}"))
    monkeypatch.setattr(ownership, "make_private", lambda *_, **__: steps.append("private"))
    monkeypatch.setattr(advisory_lock.AdvisoryLock, "take", lambda _: steps.append("lock"))
    return steps


@pytest.mark.parametrize(("vendor", "locks"), [("sqlite", []), ("postgresql", ["lock"])])
def test_the_folder_is_claimed_before_the_database(
    done: list[str], monkeypatch: pytest.MonkeyPatch, vendor: str, locks: list[str]
) -> None:
    monkeypatch.setattr(connection, "vendor", vendor)
    ownership.own_data("http://localhost:8000/")
    assert done == ["claim http://localhost:8000/", "private", *locks]
    ownership.own_data()
    assert done.count("lock") == len(locks)


def test_a_database_that_is_away_is_a_sentence(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise OperationalError("no route to host")

    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setattr(advisory_lock.AdvisoryLock, "take", away)
    with pytest.raises(Refusal, match="no route to host"):
        ownership.own_data()
    assert not ownership._database.is_owned


def test_a_process_that_has_lost_its_database_ends_without_another_write(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    ownership._end(Refusal("another one has it"))
    assert ended == [1]
    assert "another one has it" in caplog.text
