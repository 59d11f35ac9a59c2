"""Telling a lack of memory from other failures."""

from __future__ import annotations

import torch


def is_out_of_memory(error: BaseException) -> bool:
    """PyTorch has a class for it on a GPU only; on a CPU its allocator says so in words, others
    on Windows.
    """
    said = str(error)
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or (
        "can't allocate memory" in said or "not enough memory" in said
    )
