"""A model's shape is read from its own description."""

from __future__ import annotations

import pytest

from inference.catalog.gguf import GgufHeader
from inference.catalog.gguf_reader import Value
from inference.catalog.header_shape import config_shape, gguf_shape
from inference.catalog.shape import USUAL_VOCABULARY, ModelShape


def header(**values: Value) -> GgufHeader:
    return GgufHeader("a", None, None, values={f"a.{key}": value for key, value in values.items()})


BASE: dict[str, Value] = {
    "block_count": 24,
    "embedding_length": 896,
    "attention.head_count": 14,
}


def test_heads_and_layers_make_the_cache() -> None:
    shape = gguf_shape(header(**BASE, **{"attention.head_count_kv": 2, "vocab_size": 1000}))
    assert shape == ModelShape.uniform(24, 2, 64, 896, 1000)
    assert shape.cache_bytes(16_384) == 16_384 * 12_288


def test_a_head_may_be_wider_than_its_share() -> None:
    wide: dict[str, Value] = {"attention.head_count_kv": 2, "attention.key_length": 128}
    shape = gguf_shape(header(**BASE, **wide))
    assert shape is not None
    assert shape.cached_values == 24 * 2 * 256
    assert shape.vocabulary == USUAL_VOCABULARY


def test_each_layer_may_have_its_own_number_of_heads() -> None:
    shape = gguf_shape(header(**BASE, **{"attention.head_count_kv": (2,) * 12 + (0,) * 12}))
    assert shape is not None
    assert shape.cached_values == 12 * 2 * 128


def test_without_key_value_heads_all_heads_are_cached() -> None:
    shape = gguf_shape(header(**BASE))
    assert shape is not None
    assert shape.cached_values == 24 * 14 * 128


@pytest.mark.parametrize("lacking", BASE)
def test_a_file_that_reports_too_little_has_none(lacking: str) -> None:
    assert gguf_shape(header(**{key: BASE[key] for key in BASE if key != lacking})) is None


def test_a_config_json_shows_the_same() -> None:
    config: dict[str, object] = {
        "num_hidden_layers": 24,
        "hidden_size": 896,
        "num_attention_heads": 14,
        "num_key_value_heads": 2,
        "vocab_size": 1000,
    }
    assert config_shape(config) == ModelShape.uniform(24, 2, 64, 896, 1000)
    assert config_shape({"text_config": config}) == config_shape(config)
    assert config_shape({}) is None
