"""Generates two tokens, so that code which fails with every message fails at load time."""

from __future__ import annotations

from typing import Any

import torch
from transformers import GenerationConfig

from inference.transformers_engine.loading.model_parts import entrance

_TRIAL = "Hello"
_TOKENS = 2
"""The first is computed without a cache, the second with one."""


def try_answer(model: Any, tokenizer: Any) -> None:
    """Generate and decode two tokens. Raises what the model's or the tokenizer's code raises."""
    tokens = tokenizer.encode(_TRIAL, add_special_tokens=False)
    prompt = torch.tensor([tokens], device=entrance(model))
    greedy = GenerationConfig(do_sample=False, pad_token_id=0, max_new_tokens=_TOKENS)
    with torch.inference_mode():
        answer = model.generate(
            prompt, attention_mask=torch.ones_like(prompt), generation_config=greedy
        )
    tokenizer.decode(answer[0].tolist(), skip_special_tokens=True)
