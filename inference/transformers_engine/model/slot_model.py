"""The only module that calls a transformers model: tokens with their slots in, hidden states out.

Tokens of several sequences lie in one row. Positions are given explicitly, keys and values go
to their slots, and the attention function registered here applies the step's layout.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import torch
from transformers import AttentionInterface, PreTrainedModel

from inference.transformers_engine.model.attention import StepLayout, attend
from inference.transformers_engine.model.kv_cache import KvCache, KvShape

ATTENTION = "myllm_slots"


class StepContext(threading.local):
    """What `_attention` needs of the step under way. Each model has its thread, so each thread has
    its own: with a shared one, two models would read each other's layouts.
    """

    layout: StepLayout | None = None


_step = StepContext()


def _attention(  # noqa: PLR0913, PLR0917 - transformers calls it so
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    scaling: float | None = None,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """transformers' attention interface; key and value are the layer's whole slots."""
    if _step.layout is None:
        raise RuntimeError("attention outside a step")
    scale = query.shape[-1] ** -0.5 if scaling is None else scaling
    return attend(query, key, value, _step.layout, scale), None


AttentionInterface.register(ATTENTION, _attention)


@dataclass(frozen=True, slots=True)
class Placed:
    """A step's tokens, their positions, and the slot and column each one's keys go to.

    All are (tokens,) long tensors on the model's device.
    """

    tokens: torch.Tensor
    positions: torch.Tensor
    slots: torch.Tensor
    columns: torch.Tensor


class SlotModel:
    """A causal language model over the slots of its KV cache. Used from one thread."""

    def __init__(self, model: PreTrainedModel, slots: int, slot_tokens: int) -> None:
        self.device: torch.device = model.device
        self.cache = KvCache(kv_shape(model, slots, slot_tokens), model.dtype, model.device)
        self._model = model
        model.set_attn_implementation(ATTENTION)
        # transformers passes a mask of four dimensions on unchanged; nothing reads it.
        self._mask = torch.zeros(1, 1, 1, 1, dtype=model.dtype, device=model.device)

    def hidden(self, placed: Placed, layout: StepLayout) -> torch.Tensor:
        """(tokens, hidden size): the last layer's states."""
        self.cache.rows, self.cache.columns = placed.slots, placed.columns
        _step.layout = layout
        states: torch.Tensor = self._model.base_model(
            input_ids=placed.tokens[None],
            position_ids=placed.positions[None],
            past_key_values=self.cache,
            attention_mask=self._mask,
            use_cache=True,
        ).last_hidden_state
        return states[0]

    def head(self, states: torch.Tensor) -> torch.Tensor:
        """(states, vocabulary) logits in float32."""
        logits: torch.Tensor = self._model.get_output_embeddings()(states)
        return logits.float()


def kv_shape(model: PreTrainedModel, slots: int, slot_tokens: int) -> KvShape:
    """The cache a model of this configuration needs."""
    config = model.config.get_text_config()
    heads = config.num_attention_heads
    kv_heads = getattr(config, "num_key_value_heads", None) or heads
    return KvShape(
        layers=config.num_hidden_layers,
        slots=slots,
        heads=kv_heads,
        tokens=slot_tokens,
        head_size=getattr(config, "head_dim", None) or config.hidden_size // heads,
        groups=heads // kv_heads,
    )
