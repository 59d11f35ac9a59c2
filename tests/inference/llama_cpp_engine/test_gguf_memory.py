"""How much memory the weights of a GGUF file take."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference.llama_cpp_engine.gguf_memory import gguf_weights


@pytest.mark.parametrize("ending", ["gguf", "GGUF"])
def test_all_parts_of_a_model_count(tmp_path: Path, ending: str) -> None:
    for number in (1, 2, 3):
        (tmp_path / f"m[1]-0000{number}-of-00003.{ending}").write_bytes(b"x" * 10 * number)
    (tmp_path / f"m[1]-00001-of-00002.{ending}").write_bytes(b"another model")
    assert gguf_weights(tmp_path / f"m[1]-00001-of-00003.{ending}") == 60
    assert gguf_weights(tmp_path / "none.gguf") == 0
