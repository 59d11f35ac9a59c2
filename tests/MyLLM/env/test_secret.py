"""A secret that is kept in a file."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from MyLLM.env import secret
from MyLLM.env.typed import Typed

NONE = Typed("X", "")


def test_one_that_is_typed_needs_no_file(tmp_path: Path) -> None:
    assert secret(Typed("X", " of mine "), tmp_path / "key") == "of mine"
    assert not list(tmp_path.iterdir())


def test_one_that_cannot_be_kept_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="secret_key"):
        secret(NONE, tmp_path / "missing" / "secret_key")


def test_it_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "key"
    first = secret(NONE, file)
    assert secret(NONE, file) == first
    assert len(first) > 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_one_that_a_full_disk_left_empty_is_recreated(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    file.touch()
    made = secret(NONE, file)
    assert len(made) > 50
    assert secret(NONE, file) == made
    assert [one.name for one in tmp_path.iterdir()] == ["secret_key"]


def test_a_full_disk_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(length: int) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("secrets.token_urlsafe", full)
    with pytest.raises(ImproperlyConfigured, match=r"磁盘满了|is full"):
        secret(NONE, tmp_path / "secret_key")
    assert not list(tmp_path.iterdir())
