"""When a shortage of disk or memory is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from chat.health import shortage
from chat.health.shortage import Shortage, shortage_sentence, shortages
from inference import Memory
from tests.overrides import Overrides

MB = 1_000_000


@pytest.fixture(autouse=True)
def limits(conf: Overrides) -> None:
    conf.low_disk_mb, conf.low_memory_mb = 500, 200


def left(monkeypatch: pytest.MonkeyPatch, disk: int, memory: int) -> list[Shortage]:
    found = Memory(16_000 * MB, memory * MB)
    monkeypatch.setattr(shortage, "free_disk", lambda _: disk * MB)
    monkeypatch.setattr(shortage, "memory", lambda: found)
    return shortages()


def test_what_is_below_its_limit_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    assert left(monkeypatch, 500, 200) == []
    assert left(monkeypatch, 499, 200) == [Shortage.DISK]
    assert left(monkeypatch, 499, 199) == [Shortage.DISK, Shortage.MEMORY]


def test_a_limit_of_zero_reports_nothing(monkeypatch: pytest.MonkeyPatch, conf: Overrides) -> None:
    conf.low_disk_mb = 0
    assert left(monkeypatch, 0, 200) == []


def test_unknown_values_are_not_short(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: Path) -> int:
        raise OSError(2, "No such file or directory")

    assert left(monkeypatch, 500, 200) == []
    monkeypatch.setattr(shortage, "free_disk", unknown)
    assert shortages() == []


@pytest.mark.parametrize("found", Shortage)
def test_every_shortage_has_a_sentence_in_both_languages(found: Shortage) -> None:
    assert shortage_sentence(found, "zh-CN") != shortage_sentence(found, "en")
