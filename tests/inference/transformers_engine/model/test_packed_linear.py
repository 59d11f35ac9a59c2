"""Packed layers compute what plain ones do, and only plain ones are packed."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from inference.transformers_engine.model.packed_linear import (
    PackedLinear,
    WidenedLinear,
    added_bytes,
    is_native,
    pack,
)


class _Model(nn.Module):  # type: ignore[misc]
    def __init__(self, dtype: torch.dtype) -> None:
        super().__init__()
        self.deep = nn.Sequential(nn.Linear(32, 48), nn.ReLU(), nn.Linear(48, 16, bias=False))
        self.to(dtype)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.deep(rows)
        return out


@pytest.mark.parametrize("rows", [1, 2, 3, 16, 100])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=str)
def test_packed_layers_compute_the_same(rows: int, dtype: torch.dtype) -> None:
    torch.manual_seed(rows)
    model = _Model(dtype)
    given = torch.randn(1, rows, 32, dtype=dtype)
    with torch.inference_mode():
        wanted = model(given)
        assert pack(model) == 2
        torch.testing.assert_close(model(given), wanted)


def test_a_type_the_processor_lacks_is_kept_beside_its_widened_form() -> None:
    model = _Model(torch.bfloat16)
    widened = 0 if is_native(torch.bfloat16) else 4 * (32 * 48 + 48 * 16)
    assert added_bytes(model) == widened
    pack(model)
    layer = PackedLinear if is_native(torch.bfloat16) else WidenedLinear
    assert isinstance(model.deep[0], layer)


def test_special_layers_are_left_alone() -> None:
    class Quantised(nn.Linear):  # type: ignore[misc]
        pass

    model = nn.Sequential(Quantised(4, 4), nn.Linear(4, 4, dtype=torch.float64), nn.Linear(4, 4))
    model[2]._hf_hook = object()
    assert pack(model) == 0
    assert type(model[0]) is Quantised
