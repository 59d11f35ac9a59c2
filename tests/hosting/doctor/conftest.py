"""Findings in English."""

from __future__ import annotations

import pytest

from chat.terminal import language


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)
