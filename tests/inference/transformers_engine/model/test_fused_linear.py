"""Layers that read the same rows compute together what each computes alone."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from inference.transformers_engine.model.fused_linear import FusedOutput, FusedPart, groups, joined
from inference.transformers_engine.model.packed_linear import pack


class _Attention(nn.Module):  # type: ignore[misc]
    def __init__(self, *, bias: bool = False, value_type: torch.dtype = torch.float32) -> None:
        super().__init__()
        self.q_proj = nn.Linear(32, 48, bias=bias)
        self.k_proj = nn.Linear(32, 16, bias=bias)
        self.v_proj = nn.Linear(32, 16, bias=bias, dtype=value_type)

    def forward(self, rows: torch.Tensor) -> list[torch.Tensor]:
        return [self.q_proj(rows), self.k_proj(rows), self.v_proj(rows)]


class _Counted(nn.Module):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        return torch.cat([rows, rows + 1], dim=-1)


@pytest.mark.parametrize("rows", [1, 3, 100])
@pytest.mark.parametrize("bias", [True, False])
def test_fused_layers_compute_the_same(rows: int, *, bias: bool) -> None:
    model, given = _Attention(bias=bias), torch.randn(1, rows, 32)
    with torch.inference_mode():
        wanted = model(given)
        assert pack(model) == 3
        assert isinstance(model.q_proj, FusedPart)
        for output, expected in zip(model(given), wanted, strict=True):
            torch.testing.assert_close(output, expected)


def test_each_input_is_computed_once_and_let_go_of() -> None:
    counted = _Counted()
    output = FusedOutput(counted, [4, 4])
    for number in range(3):
        rows = torch.full((1, 4), float(number))
        assert torch.equal(output.part(0, rows), rows)
        assert torch.equal(output.part(1, rows), rows + 1)
        assert counted.calls == number + 1
        assert output.held is None


def test_another_input_is_never_answered_with_the_last_one() -> None:
    output = FusedOutput(_Counted(), [4, 4])
    output.part(0, torch.zeros(1, 4))
    other = torch.ones(1, 4)
    assert torch.equal(output.part(1, other), other + 1)


def test_layers_of_different_types_stay_apart() -> None:
    assert [*groups(_Attention(value_type=torch.float64))] == []
    (found,) = groups(_Attention())
    assert found[0] == ("q_proj", "k_proj", "v_proj")
    assert joined(found[1]).weight.shape == (80, 32)
