"""The tokens of KV cache for which each slot has memory."""

from __future__ import annotations

import torch
from transformers import PreTrainedModel

from inference.model_memory.computer_memory import memory
from inference.transformers_engine.model.packed_linear import added_bytes
from inference.transformers_engine.model.slot_model import kv_shape

_CUDA_SHARE = 0.85
_HOST_SHARE = 0.25
"""Shares of the free memory: activations and other programs need the rest."""

_PACKED_SHARE = 0.5
"""Share of the free memory for weights kept twice; a model that exceeds it is not packed."""


def kv_tokens(model: PreTrainedModel, slots: int, limit: int) -> int:
    """Tokens per slot: `limit` tokens for all slots together, or what fits where it is 0."""
    if limit:
        return max(limit // slots, 1)
    per_token = kv_shape(model, slots, 1).bytes(model.dtype.itemsize)
    return max(int(free_bytes(model.device) // per_token), 1)


def may_pack(model: PreTrainedModel) -> bool:
    """Whether there is memory for what `packed_linear.pack` adds to the model."""
    return added_bytes(model) <= host_bytes() * _PACKED_SHARE


def free_bytes(device: torch.device) -> float:
    """Bytes of the memory free now that the cache may take."""
    if device.type == "cuda":
        return float(torch.cuda.mem_get_info(device)[0]) * _CUDA_SHARE
    return host_bytes() * _HOST_SHARE


def host_bytes() -> int:
    """Bytes of the computer that a program can get without swapping others out."""
    return memory().available
