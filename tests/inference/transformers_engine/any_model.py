"""Tiny random models of any architecture that transformers knows."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, PreTrainedModel

from tests.inference.transformers_engine.real_tokenizers import tokenizer_folder
from tests.inference.transformers_engine.tiny_models import _SIZE as SIZE

OWN_SIZE: dict[str, dict[str, object]] = {
    "gpt2": {"n_embd": 64, "n_layer": 2, "n_head": 4, "n_positions": 512},
    "mixtral": {"num_local_experts": 4, "sliding_window": None},
    "phi3": {"sliding_window": None, "pad_token_id": 0},
    "qwen2_moe": {
        "num_experts": 4,
        "num_experts_per_tok": 2,
        "moe_intermediate_size": 32,
        "shared_expert_intermediate_size": 32,
    },
    "qwen3_moe": {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 32},
    "mistral": {"sliding_window": None},
    "starcoder2": {"sliding_window": None},
}
NO_HEAD_SIZE = frozenset({"gpt2", "phi3"})
"""These have no `head_dim`, and take a wrong one for a right one."""
NAMED = frozenset(
    {"vocab_size", "initializer_range", "bos_token_id", "eos_token_id", "pad_token_id"}
)
"""What GPT-2 calls as all others do; the rest it keeps beside its own."""


def any_model(kind: str, **changes: object) -> PreTrainedModel:
    """The same weights every time, in float32."""
    torch.manual_seed(0)
    size = SIZE | OWN_SIZE.get(kind, {}) | changes
    if kind in NO_HEAD_SIZE:
        del size["head_dim"]
    if kind == "gpt2":
        size = {name: value for name, value in size.items() if name not in SIZE.keys() - NAMED}
    return AutoModelForCausalLM.from_config(AutoConfig.for_model(kind, **size)).eval()


def save_any_model(kind: str, folder: Path, **changes: object) -> PreTrainedModel:
    """A whole folder with the real Qwen3 tokenizer and its template."""
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder("qwen3"))
    ends = {"vocab_size": len(tokenizer), "eos_token_id": tokenizer.eos_token_id}
    model = any_model(kind, **ends | changes)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return model
