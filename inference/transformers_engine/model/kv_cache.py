"""Keys and values of all slots: one tensor pair per layer.

On a GPU all memory is allocated at once, so that shapes and addresses never change and a decode can
be captured as a graph. Elsewhere it grows with the longest sequence so far.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

_FIRST_TOKENS = 1024


@dataclass(frozen=True, slots=True)
class KvShape:
    """`slots` × `tokens` positions for `layers` layers of `heads` key-value heads.

    `groups` query heads share a key-value head.
    """

    layers: int
    slots: int
    heads: int
    tokens: int
    head_size: int
    groups: int = 1

    def bytes(self, bytes_per_number: int) -> int:
        """Bytes of keys and values together."""
        cells = self.layers * self.slots * self.heads * self.tokens * self.head_size
        return 2 * cells * bytes_per_number


class KvCache:
    """Replaces transformers' cache: `update` writes what a step computed into its slots.

    Layer tensors have the shape (slots, heads, capacity + 1, head_size); what is to be discarded
    goes to the position after the last, `scratch`. `rows` and `columns`, one per token of the step,
    give the slot and position of each token's keys and values.
    """

    is_compileable = False

    def __init__(self, shape: KvShape, dtype: torch.dtype, device: torch.device) -> None:
        self.shape = shape
        self.dtype = dtype
        self.device = device
        first = shape.tokens if device.type == "cuda" else min(_FIRST_TOKENS, shape.tokens)
        self.keys = [self._zeros(first) for _ in range(shape.layers)]
        self.values = [self._zeros(first) for _ in range(shape.layers)]
        self.rows = torch.zeros(0, dtype=torch.long, device=device)
        self.columns = torch.zeros(0, dtype=torch.long, device=device)

    @property
    def capacity(self) -> int:
        """Positions per slot that are allocated. Layers grow one after another, so after a failure
        the last layer has the valid number.
        """
        return int(self.values[-1].shape[2]) - 1

    @property
    def scratch(self) -> int:
        """The position that no sequence reads."""
        return self.capacity

    def reserve(self, tokens: int) -> None:
        """Allocate so many positions per slot, `shape.tokens` at most."""
        if tokens <= self.capacity:
            return
        capacity = min(max(tokens, 2 * self.capacity), self.shape.tokens)
        for layers in (self.keys, self.values):
            for index, old in enumerate(layers):
                layers[index] = self._zeros(capacity)
                layers[index][:, :, : old.shape[2] - 1] = old[:, :, :-1]

    def copy(self, source: int, target: int, tokens: int) -> None:
        """Write the first `tokens` positions of one slot to another; the rest stays as it is."""
        for layer in (*self.keys, *self.values):
            layer[target, :, :tokens] = layer[source, :, :tokens]

    def update(
        self, key: torch.Tensor, value: torch.Tensor, layer_idx: int, *_: object, **__: object
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Called by each layer with (1, heads, tokens of the step, head_size)."""
        self.keys[layer_idx][self.rows, :, self.columns] = key[0].transpose(0, 1)
        self.values[layer_idx][self.rows, :, self.columns] = value[0].transpose(0, 1)
        return self.keys[layer_idx], self.values[layer_idx]

    def get_seq_length(self, layer_idx: int = 0) -> int:
        """Called by models that compute positions themselves; here they are always given."""
        return 0

    def _zeros(self, tokens: int) -> torch.Tensor:
        # Zeros, not empty: a masked position still takes part in a sum, and NaN × 0 is NaN.
        size = (self.shape.slots, self.shape.heads, tokens + 1, self.shape.head_size)
        return torch.zeros(size, dtype=self.dtype, device=self.device)
