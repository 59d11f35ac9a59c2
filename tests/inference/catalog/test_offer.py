"""The offer is complete, Chinese first, and can be downloaded as it stands."""

from __future__ import annotations

import re

from inference.catalog import builtin
from inference.catalog.choice import choose_files
from inference.catalog.hub_id import parse_hub_id
from inference.catalog.offer import find_offered, offer
from inference.types import Ability

WANTED = (
    *("qwen3-0.6b", "qwen3-1.7b", "qwen3-4b", "qwen3-8b", "qwen3-4b-thinking-2507"),
    *("qwen2.5-0.5b", "qwen2.5-1.5b", "deepseek-r1-1.5b", "deepseek-r1-7b", "glm-4-9b"),
    *("minicpm5-1b", "minicpm4.1-8b", "smollm2-135m", "smollm2-360m", "smollm2-1.7b"),
    *("qwen3-vl-4b", "qwen3-embedding-0.6b", "bge-m3"),
)


def test_it_has_what_was_promised_chinese_first() -> None:
    assert {entry.id for entry in offer()} == set(WANTED)
    speaks = ["zh" in entry.languages for entry in offer()]
    assert speaks == sorted(speaks, reverse=True)


def test_every_entry_reports_where_and_what() -> None:
    for entry in offer():
        assert entry.licence
        assert entry.context_tokens >= 8192
        assert entry.quantisation.upper() in (entry.files or [entry])[0].__repr__().upper()
        assert bool(entry.files) != bool(entry.builtin)
        for repository in (entry.modelscope, entry.hugging_face):
            assert not entry.files or parse_hub_id(repository) is not None
        for file in entry.files:
            assert file.size > 300_000_000
            assert re.fullmatch(r"[0-9a-f]{64}|", file.sha256)


def test_no_id_is_a_name_of_another_kind() -> None:
    ids = [entry.id for entry in offer()]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & set(builtin.ENTRIES)
    assert all(parse_hub_id(name) is None for name in ids)


def test_a_vision_model_has_its_projector_after_the_model() -> None:
    entry = find_offered("qwen3-vl-4b")
    assert entry is not None
    assert [file.file.startswith("mmproj") for file in entry.files] == [False, True]
    assert Ability.VISION in entry.abilities
    assert entry.unusable == "vision"
    assert entry.weights < entry.size


def test_what_cannot_be_used_yet_is_never_recommended() -> None:
    assert all(not entry.rank for entry in offer() if entry.unusable)


def test_an_estimated_size_or_a_missing_hash_is_asked_of_the_hub() -> None:
    unknown = [entry.id for entry in offer() if not entry.is_known]
    assert unknown == ["glm-4-9b"]
    assert choose_files([], ["a.gguf"]) == []
