"""Tiny random models in the shapes of the real ones: every path, no download."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import (
    AutoTokenizer,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedModel,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
)

from tests.inference.transformers_engine.real_tokenizers import tokenizer_folder

VOCABULARY = 600

_SIZE = {
    "vocab_size": VOCABULARY,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
    "max_position_embeddings": 512,
    # Wide weights: with the usual narrow ones every prompt ends in the same few tokens.
    "initializer_range": 0.3,
    "bos_token_id": None,
    "eos_token_id": None,
    "pad_token_id": None,
}

ARCHITECTURES = {
    "qwen2": (Qwen2Config, Qwen2ForCausalLM),
    "qwen3": (Qwen3Config, Qwen3ForCausalLM),
    "llama": (LlamaConfig, LlamaForCausalLM),
}


def tiny_model(name: str, **changes: object) -> PreTrainedModel:
    """The same weights every time, in float32."""
    torch.manual_seed(0)
    config, model = ARCHITECTURES[name]
    return model(config(**_SIZE | changes)).eval()


def save_tiny_model(name: str, folder: Path, *, tokenizer_of: str = "qwen3") -> None:
    """A whole folder: weights as safetensors, a real tokenizer with its template."""
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder(tokenizer_of))
    model = tiny_model(name, vocab_size=len(tokenizer), eos_token_id=tokenizer.eos_token_id)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
