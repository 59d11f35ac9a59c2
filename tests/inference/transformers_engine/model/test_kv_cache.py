"""The cache grows as far as it is allowed and forgets nothing."""

from __future__ import annotations

import torch

from inference.transformers_engine.model.kv_cache import KvCache, KvShape

SHAPE = KvShape(layers=2, slots=3, heads=2, tokens=5000, head_size=4)


def _cache() -> KvCache:
    return KvCache(SHAPE, torch.float32, torch.device("cpu"))


def test_memory_is_taken_as_it_is_needed() -> None:
    cache = _cache()
    first = cache.capacity
    cache.reserve(first)
    assert cache.capacity == first < SHAPE.tokens
    cache.reserve(first + 1)
    assert cache.capacity == 2 * first
    cache.reserve(SHAPE.tokens)
    assert cache.capacity == SHAPE.tokens


def test_what_was_computed_survives_growth() -> None:
    cache = _cache()
    for keys, values in zip(cache.keys, cache.values, strict=True):
        keys.normal_()
        values.normal_()
    before = [(k[:, :, :-1].clone(), v[:, :, :-1].clone()) for k, v in _layers(cache)]
    capacity = cache.capacity
    cache.reserve(capacity + 1)
    for (keys, values), (old_keys, old_values) in zip(_layers(cache), before, strict=True):
        assert torch.equal(keys[:, :, :capacity], old_keys)
        assert torch.equal(values[:, :, :capacity], old_values)
        assert not keys[:, :, capacity:].any()


def test_a_copy_changes_the_beginning_of_one_slot_alone() -> None:
    cache = _cache()
    for tensor in (*cache.keys, *cache.values):
        tensor.normal_()
    before = [tensor.clone() for tensor in (*cache.keys, *cache.values)]
    cache.copy(2, 0, 7)
    for now, old in zip((*cache.keys, *cache.values), before, strict=True):
        assert torch.equal(now[0, :, :7], old[2, :, :7])
        assert torch.equal(now[0, :, 7:], old[0, :, 7:])
        assert torch.equal(now[1:], old[1:])


def test_the_scratch_position_is_beyond_all_others() -> None:
    cache = _cache()
    assert cache.scratch == cache.capacity
    assert cache.keys[0].shape[2] == cache.scratch + 1


def _layers(cache: KvCache) -> list[tuple[torch.Tensor, torch.Tensor]]:
    return list(zip(cache.keys, cache.values, strict=True))
