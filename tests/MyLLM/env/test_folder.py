"""Folders out of the environment."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from MyLLM.env.folder import folder
from MyLLM.env.typed import Typed


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match=r"^X="):
        folder(Typed("X", str(tmp_path / "file" / "below")))


def test_a_folder_may_be_quoted(tmp_path: Path) -> None:
    typed = Typed("X", f'"{tmp_path / "my data"}"  # here')
    assert folder(typed) == (tmp_path / "my data").resolve()
    assert (tmp_path / "my data").is_dir()
