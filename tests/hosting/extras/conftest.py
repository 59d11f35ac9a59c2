"""An extra with one package in an index on this computer, installed into a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hosting.extras.extra import Extra
from tests.hosting.sources.fake_sources import folder, serving
from tests.hosting.sources.wheel import write_wheel


@pytest.fixture
def extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Extra]:
    """Without this computer's indexes, cache and proxy; its environment is not changed."""
    for name in [name for name in os.environ if name.startswith("PIP_") or "_proxy" in name]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("PIP_TARGET", str(tmp_path / "here"))
    monkeypatch.syspath_prepend(str(tmp_path / "here"))
    digest = write_wheel(tmp_path / "simple" / "pear", "pear", {"pear_for_tests.py": ""})
    pins = tmp_path / "pins.txt"
    pins.write_text(f"pear==1.0 --hash={digest}\n")
    with serving(folder(tmp_path)) as url:
        monkeypatch.setenv("MYLLM_PIP_INDEXES", url)
        yield Extra("pears", ("pear_for_tests",), pins, 1, "梨", "pears")
