"""Which built-in model a spec means."""

from __future__ import annotations

import pytest

from inference.catalog.builtin import ENTRIES, QWEN, QWEN_MEMORY, SMOLLM2, find
from inference.catalog.entry import CatalogEntry
from inference.catalog.sources import WheelParts


@pytest.mark.parametrize(
    ("free", "entry"), [(None, QWEN), (QWEN_MEMORY, QWEN), (QWEN_MEMORY - 1, SMOLLM2)]
)
def test_the_memory_that_is_free_decides(free: int | None, entry: CatalogEntry) -> None:
    assert find("builtin", free) is entry


def test_who_names_one_gets_it() -> None:
    assert find("smollm2", None) is SMOLLM2
    assert find("qwen2.5-coder-0.5b", 0) is QWEN
    assert find("nonsense", None) is None


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: str(entry.id))
def test_the_parts_of_the_wheels_add_up(entry: CatalogEntry) -> None:
    (wheels,) = [place for place in entry.sources if isinstance(place, WheelParts)]
    assert sum(part.size for part in wheels.parts) == entry.size


def test_only_the_larger_one_speaks_chinese() -> None:
    assert "zh" in QWEN.languages
    assert SMOLLM2.languages == ("en",)
