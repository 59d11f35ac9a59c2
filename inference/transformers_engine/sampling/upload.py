"""Copies numbers from the host to the model's device without waiting for its queued work."""

from __future__ import annotations

from collections.abc import Sequence

import torch


def upload(
    numbers: Sequence[float] | Sequence[Sequence[float]],
    dtype: torch.dtype,
    device: torch.device,
) -> torch.Tensor:
    """A tensor of the numbers; pinned, since a pageable copy waits for all earlier kernels."""
    tensor = torch.tensor(numbers, dtype=dtype)
    if device.type != "cuda":
        return tensor.to(device)
    return tensor.pin_memory().to(device, non_blocking=True)
