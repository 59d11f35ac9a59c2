"""Linear layers with weights in oneDNN's layout, for CPUs.

A decode step multiplies a handful of rows with every weight. PyTorch's own path for that reaches at
most half the speed of oneDNN with weights reordered once (`bench/README.md` has the figures);
torch.compile does the same to frozen graphs.

A processor that has no bfloat16 arithmetic emulates it at a tenth of its speed, except for one row,
which is bound by reading the weights. There the weights are kept twice.
"""

from __future__ import annotations

import torch
from torch import nn

from inference.transformers_engine.model.fused_linear import FusedOutput, FusedPart, groups, joined

_NO_FUSION: tuple[str, list[float], str] = ("none", [], "")
_FEW_ROWS = 2
"""Up to so many rows are bound by reading the weights, which take half the bytes in bfloat16."""


class PackedLinear(nn.Module):  # type: ignore[misc]
    """Equal to the `nn.Linear` that it replaces, up to rounding. For inference only."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        weight = linear.weight.detach()
        self.in_features = linear.in_features
        self.out_features = linear.out_features
        self.bias = linear.bias
        self._packed = _packed(weight)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        packed: torch.Tensor = torch.ops.mkldnn._linear_pointwise(
            rows, self._packed, self.bias, *_NO_FUSION
        )
        return packed


class WidenedLinear(nn.Module):  # type: ignore[misc]
    """The same for weights in a type that is emulated: many rows are computed in float32."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.in_features = linear.in_features
        self.out_features = linear.out_features
        self._narrow = linear
        self._bias = None if linear.bias is None else linear.bias.detach().float()
        self._packed = _packed(linear.weight.detach().float())

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        if rows.numel() <= _FEW_ROWS * self.in_features:
            few: torch.Tensor = self._narrow(rows)
            return few
        many: torch.Tensor = torch.ops.mkldnn._linear_pointwise(
            rows.float(), self._packed, self._bias, *_NO_FUSION
        )
        return many.to(rows.dtype)


def pack(model: nn.Module) -> int:
    """Replace every plain linear layer in the CPU's memory; returns how many there were.

    Not replaced: subclasses (quantised layers), layers that accelerate moves, and those without a
    packed kernel on this processor or in this PyTorch.
    """
    fused = sum(_fuse(parent) for parent in [*model.modules()])
    plain = [(parent, name, child) for parent, name, child in _children(model) if _is_plain(child)]
    for parent, name, linear in plain:
        native = is_native(linear.weight.dtype)
        setattr(parent, name, PackedLinear(linear) if native else WidenedLinear(linear))
    return fused + len(plain)


def _fuse(parent: nn.Module) -> int:
    """Join the layers of `parent` that read the same rows; returns how many there were.

    Not where the type is emulated: there a single row uses the plain layers.
    """
    found = [
        (names, layers)
        for names, layers in groups(parent)
        if all(_is_plain(layer) and is_native(layer.weight.dtype) for layer in layers)
    ]
    for names, layers in found:
        output = FusedOutput(PackedLinear(joined(layers)), [one.out_features for one in layers])
        for index, name in enumerate(names):
            setattr(parent, name, FusedPart(output, index, layers[index]))
    return sum(len(names) for names, _ in found)


def added_bytes(model: nn.Module) -> int:
    """Bytes that `pack` needs beside the model: weights in an emulated type stay, widened."""
    wide = torch.float32.itemsize
    layers = [child for _, _, child in _children(model) if _is_plain(child)]
    return sum(n.weight.numel() * wide for n in layers if not is_native(n.weight.dtype))


def is_native(dtype: torch.dtype) -> bool:
    """Whether this processor multiplies matrices of `dtype` natively."""
    return dtype == torch.float32 or (
        dtype == torch.bfloat16 and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    )


def _packed(weight: torch.Tensor) -> torch.Tensor:
    """Not a parameter of the layer: nothing but oneDNN can read its layout."""
    packed: torch.Tensor = torch.ops.mkldnn._reorder_linear_weight(weight, None)
    return packed


def _children(model: nn.Module) -> list[tuple[nn.Module, str, nn.Module]]:
    return [(parent, *child) for parent in model.modules() for child in parent.named_children()]


def _is_plain(layer: nn.Module) -> bool:
    return (
        type(layer) is nn.Linear
        and layer.weight.device.type == "cpu"
        and layer.weight.dtype in (torch.float32, torch.bfloat16)
        and not hasattr(layer, "_hf_hook")
        and torch.backends.mkldnn.is_available()
        and hasattr(torch.ops.mkldnn, "_reorder_linear_weight")
    )
