"""Detects exceptions that mean a lack of memory."""

from __future__ import annotations

import torch


def is_out_of_memory(error: BaseException) -> bool:
    """Whether the exception means a lack of memory. PyTorch has a class for it on a GPU only; on a
    CPU the message has to be read, which differs on Windows.
    """
    message = str(error)
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or (
        "can't allocate memory" in message or "not enough memory" in message
    )
