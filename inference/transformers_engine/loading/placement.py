"""The device and precision of a model's weights: by the owner's settings, else by the hardware."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from inference.errors import InferenceError, InferenceErrorCode


@dataclass(frozen=True, slots=True)
class Placement:
    """With None the hardware and the folder decide; with `threads` 0 torch does.

    `trusted_code` are digests of code that may run, `trust_remote_code` allows any of this folder.
    `memory` is how many bytes the weights may take on the device; what does not fit goes to
    slower memory, in the end to files in `offload_folder`.
    """

    device: str | None = None
    dtype: str | None = None
    trust_remote_code: bool = False
    trusted_code: frozenset[str] = frozenset()
    threads: int = 0
    memory: int | None = None
    offload_folder: Path | None = None


def chosen_device(placement: Placement) -> torch.device:
    """CUDA, Apple's MPS or the CPU. Raises `InferenceError`: `device_unavailable`."""
    if placement.device is None:
        return torch.device(_best_device())
    device = torch.device(placement.device)
    if not _is_there(device):
        raise InferenceError(
            InferenceErrorCode.DEVICE_UNAVAILABLE,
            f"MYLLM_DEVICE={placement.device}: torch finds no such device",
            detail={"device": placement.device},
        )
    return device


def chosen_dtype(placement: Placement, stored: object, device: torch.device) -> torch.dtype:
    """The folder's dtype, except float16 on a CPU, which computes it many times slower."""
    if placement.dtype is not None:
        named: torch.dtype = getattr(torch, placement.dtype)
        return named
    own = stored if isinstance(stored, torch.dtype) else torch.float32
    return torch.bfloat16 if own == torch.float16 and device.type == "cpu" else own


def device_map(device: torch.device, needed: int, free: int | None) -> dict[str, Any]:
    """Arguments of `from_pretrained`: one device where the weights fit, accelerate's plan over
    several where they do not. An unknown `free` is assumed to be enough.
    """
    if free is None or needed <= free:
        return {"device_map": {"": device}}
    if device.type == "cuda" and device.index is None:
        return {"device_map": "auto"}
    place = device.type if device.index is None else device.index
    return {"device_map": "auto", "max_memory": {place: free} | _host(device)}


def free_memory(device: torch.device) -> int | None:
    """Bytes for weights on the device, where that is known.

    Of the computer it is all memory: pages of cached files are reclaimed.
    """
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    return _physical_memory()


def weights_bytes(folder: Path) -> int:
    """The size of the folder's weights on the disk, in bytes."""
    files = [*folder.glob("*.safetensors")] or [*folder.glob("*.bin")]
    return sum(file.stat().st_size for file in files)


def _host(device: torch.device) -> dict[str, int]:
    memory = _physical_memory()
    return {} if device.type == "cpu" or memory is None else {"cpu": memory}


def _physical_memory() -> int | None:
    if not hasattr(os, "sysconf"):
        return None
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _best_device() -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _is_there(device: torch.device) -> bool:
    match device.type:
        case "cuda":
            return bool((device.index or 0) < torch.cuda.device_count())
        case "mps":
            return bool(torch.backends.mps.is_available())
        case _:
            return True
