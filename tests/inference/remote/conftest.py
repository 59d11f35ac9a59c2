"""Calls are made again without a pause."""

from __future__ import annotations

import pytest

from inference.remote import retries


@pytest.fixture(autouse=True)
def _no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "_FIRST_SECONDS", 0.01)
