"""Numbers from the host to the model's device without waiting for what the device does."""

from __future__ import annotations

from collections.abc import Sequence

import torch


def upload(
    numbers: Sequence[float] | Sequence[Sequence[float]],
    dtype: torch.dtype,
    device: torch.device,
) -> torch.Tensor:
    """From pageable memory a copy to a GPU would wait until all kernels before it are done."""
    tensor = torch.tensor(numbers, dtype=dtype)
    if device.type != "cuda":
        return tensor.to(device)
    return tensor.pin_memory().to(device, non_blocking=True)
