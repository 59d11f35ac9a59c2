"""The memory that a folder's model will need, without importing torch, which takes seconds."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from inference.catalog.fit import LIBRARY_BYTES, memory_needed
from inference.catalog.header_shape import config_shape
from inference.catalog.stored import length
from inference.config import EngineConfig
from inference.transformers_engine.loading.folder_files import CONFIG, read_json

_FIRST_TOKENS = 1024
"""On a CPU each slot's cache begins with so many tokens, and grows."""
_WIDENED = 2
"""Weights of two bytes are kept in four as well where the processor has no arithmetic for them."""
_PACKED_SHARE = 0.5
"""Share of the free memory; where more is needed they are not kept twice (`model.memory`)."""
_NATIVE_FLAGS = frozenset({"avx512_bf16", "amx_bf16"})
_CPU_INFO = Path("/proc/cpuinfo")


def folder_weights(folder: Path) -> int:
    """Bytes of the weight files."""
    files = [*folder.glob("*.safetensors")] or [*folder.glob("*.bin")]
    return sum(map(length, files))


def folder_memory(folder: Path, config: EngineConfig) -> int | None:
    """The bytes that the model needs once loaded; None where the weights are missing or go to a
    GPU. Blocking: reads config.json.
    """
    weights = folder_weights(folder)
    if not weights or _has_own_memory(config.device):
        return None
    values = read_json(folder / CONFIG)
    tokens = config.kv_tokens or config.slots * _FIRST_TOKENS
    needed = memory_needed(weights, config_shape(values), tokens)
    return LIBRARY_BYTES + needed + _widened(weights, values, config)


def _widened(weights: int, values: dict[str, object], config: EngineConfig) -> int:
    stored = str(config.dtype or values.get("dtype") or values.get("torch_dtype") or "float32")
    added = weights * _WIDENED
    free = config.free_memory
    if stored == "float32" or _is_native() or (free and added > free * _PACKED_SHARE):
        return 0
    return added


def _has_own_memory(device: str | None) -> bool:
    """Whether the weights go to another memory than the computer's own."""
    if device is not None:
        return device.partition(":")[0] != "cpu"
    is_driven = os.name == "posix" and Path("/proc/driver/nvidia/version").exists()
    return is_driven or shutil.which("nvidia-smi") is not None


def _is_native() -> bool:
    """Whether the processor computes in bfloat16; elsewhere than on Linux that is not known."""
    try:
        lines = _CPU_INFO.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return False
    flags = next((line for line in lines if line.startswith("flags")), "")
    return not _NATIVE_FLAGS.isdisjoint(flags.split())
