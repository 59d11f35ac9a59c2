"""Models for benchmarks of the transformers engine: real small weights, or real shapes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import AutoModelForCausalLM, AutoTokenizer, Qwen2Config
from transformers.utils.logging import disable_progress_bar

from bench.model import builtin_file
from tests.inference.transformers_engine.real_weights import weights_folder

_QWEN2: dict[str, dict[str, Any]] = {
    "qwen2.5-0.5b": {
        "hidden_size": 896,
        "intermediate_size": 4864,
        "num_hidden_layers": 24,
        "num_attention_heads": 14,
        "num_key_value_heads": 2,
        "tie_word_embeddings": True,
    },
    "r1-distill-qwen-1.5b": {
        "hidden_size": 1536,
        "intermediate_size": 8960,
        "num_hidden_layers": 28,
        "num_attention_heads": 12,
        "num_key_value_heads": 2,
        "tie_word_embeddings": False,
    },
}
MODELS = ("smollm2", *_QWEN2)
_VOCABULARY = 151_936


@dataclass(frozen=True, slots=True)
class BenchModel:
    """`load` gives a model of one's own every time: contenders change how it attends."""

    load: Callable[[], Any]
    tokenizer: Tokenizer
    vocabulary: int


def bench_model(name: str, device: str, dtype: torch.dtype) -> BenchModel:
    """`smollm2` with its weights, or random ones in the shape of a larger model."""
    if name == "smollm2":
        return _real(device, dtype)
    config = Qwen2Config(
        vocab_size=_VOCABULARY, max_position_embeddings=32768, dtype=dtype, **_QWEN2[name]
    )

    def load() -> Any:
        torch.manual_seed(0)
        with torch.device(device):
            return AutoModelForCausalLM.from_config(config, dtype=dtype).eval()

    words = {str(number): number for number in range(_VOCABULARY)}
    return BenchModel(load, Tokenizer(WordLevel(words)), _VOCABULARY)


def _real(device: str, dtype: torch.dtype) -> BenchModel:
    folder = weights_folder(builtin_file())

    def load() -> Any:
        disable_progress_bar()
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, device_map=device)
        return model.eval()

    tokenizer = AutoTokenizer.from_pretrained(folder).backend_tokenizer
    return BenchModel(load, tokenizer, tokenizer.get_vocab_size())
