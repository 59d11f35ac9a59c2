"""Computes linear layers that read the same rows as one: for few rows a call costs as much as its
product.

A decode step of a small model multiplies a few rows with seven matrices a layer. Each call, and the
thread barrier at its end, takes some microseconds; the query, key and value projections, and the
two that a gated feed-forward begins with, need one call together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import nn

GROUPS = (("q_proj", "k_proj", "v_proj"), ("gate_proj", "up_proj"))
"""Layers to which Llama, Qwen and similar models give one input, in the order of calls."""


class FusedOutput:
    """The joined output of a group's layers for their latest rows."""

    def __init__(self, layer: nn.Module, sizes: Sequence[int]) -> None:
        """`layer` computes the outputs of all, `sizes` wide each, one after the other."""
        self._layer = layer
        self._sizes = list(sizes)
        self._rows: torch.Tensor | None = None
        self._parts: tuple[torch.Tensor, ...] = ()

    @property
    def held(self) -> torch.Tensor | None:
        """The rows whose outputs are kept for layers that were not called yet."""
        return self._rows

    def part(self, index: int, rows: torch.Tensor) -> torch.Tensor:
        """One layer's output. Computed unless an earlier layer of the group had the same tensor;
        kept until the last layer was called, so that memory is not held after a step.
        """
        if rows is not self._rows:
            self._rows = rows
            self._parts = self._layer(rows).split(self._sizes, dim=-1)
        part = self._parts[index]
        if index == len(self._sizes) - 1:
            self._rows, self._parts = None, ()
        return part


class FusedPart(nn.Module):  # type: ignore[misc]
    """Replaces one layer of a group."""

    def __init__(self, output: FusedOutput, index: int, linear: nn.Linear) -> None:
        super().__init__()
        self.in_features = linear.in_features
        self.out_features = linear.out_features
        self._output = output
        self._index = index

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return self._output.part(self._index, rows)


def groups(parent: nn.Module) -> Iterator[tuple[tuple[str, ...], list[nn.Linear]]]:
    """Names and layers of the groups that one module has completely and that can be joined."""
    for names in GROUPS:
        layers = [getattr(parent, name, None) for name in names]
        linear = [layer for layer in layers if type(layer) is nn.Linear]
        if len(linear) == len(names) and _are_alike(linear):
            yield names, linear


def joined(layers: Sequence[nn.Linear]) -> nn.Linear:
    """One layer that computes the outputs of all."""
    sizes = [layer.out_features for layer in layers]
    first = layers[0]
    made = nn.Linear(first.in_features, sum(sizes), bias=first.bias is not None, device="meta")
    made.weight = _parameter([one.weight for one in layers])
    if first.bias is not None:
        made.bias = _parameter([one.bias for one in layers])
    return made


def _parameter(tensors: Sequence[torch.Tensor]) -> nn.Parameter:
    return nn.Parameter(torch.cat([one.detach() for one in tensors]), requires_grad=False)


def _are_alike(layers: Sequence[nn.Linear]) -> bool:
    """Whether they read rows of one width in one type, all with a bias or none."""
    kinds = {(one.in_features, one.weight.dtype, one.bias is None) for one in layers}
    return len(kinds) == 1
