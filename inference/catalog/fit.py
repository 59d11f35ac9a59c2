"""Estimates whether a model fits this computer, and its speed. Pure.

The figures are llama.cpp's on a CPU, as measured: `tests/inference/catalog/test_fit_measured.py`
compares the estimate with the memory of a process.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from inference.catalog.shape import ModelShape
from inference.model_memory.computer_memory import Memory

PROCESS_BYTES = 40_000_000
"""A process of its own, with Python and llama.cpp in it and no model."""
LIBRARY_BYTES = 260_000_000
"""torch and transformers, which folder models are run with; imported once for all of them."""
_BYTES_PER_TOKEN_KNOWN = 750
"""A vocabulary's entry: its text, and its place in the logits of a batch of prompt tokens."""
_BYTES_PER_HIDDEN = 8_000
"""A batch of 256 prompt tokens: some values of four bytes for each, and each of its width."""
_UNKNOWN_SHARE = 1.5
"""Of the weights, for a model whose shape is not known."""
_LAYER_SECONDS = 0.0002
"""What a layer costs beside reading its weights: threads that wait for one another."""
_USED_TOKENS = 1024
"""A conversation's usual length: so much of the cache is read for each token too."""
_COMFORT = 0.85
"""Share of the whole memory; the system and other programs need the rest."""
MARGIN_BYTES = 100_000_000
"""What the disk should have free beside the files."""


class Verdict(StrEnum):
    """`fits` beside what runs now; `tight`: once other programs or models have left memory."""

    FITS = "fits"
    TIGHT = "tight"
    TOO_LARGE = "too_large"
    NO_DISK = "no_disk"


@dataclass(frozen=True, slots=True)
class Machine:
    """What the computer has. `bytes_per_second` is the rate at which models' weights are read,
    None where it was not measured.
    """

    memory: Memory
    free_disk: int
    bytes_per_second: float | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """`memory` in bytes once loaded; `tokens_per_second` of one answer alone, None if unknown."""

    verdict: Verdict
    memory: int
    tokens_per_second: float | None


def memory_needed(
    weights: int, shape: ModelShape | None, kv_tokens: int, prompt_cache: int = 0
) -> int:
    """Bytes that llama.cpp takes for weights of so many bytes with a cache of `kv_tokens`, and
    `prompt_cache` bytes for the conversations it remembers.
    """
    if shape is None:
        return PROCESS_BYTES + prompt_cache + round(weights * _UNKNOWN_SHARE)
    workspace = shape.vocabulary * _BYTES_PER_TOKEN_KNOWN + shape.hidden * _BYTES_PER_HIDDEN
    return PROCESS_BYTES + weights + shape.cache_bytes(kv_tokens) + workspace + prompt_cache


def seconds_per_token(weights: int, shape: ModelShape | None, bytes_per_second: float) -> float:
    """A token reads all weights once, and the keys and values of the conversation so far."""
    if shape is None:
        return weights / bytes_per_second
    read = weights + shape.cache_bytes(_USED_TOKENS)
    return read / bytes_per_second + shape.layers * _LAYER_SECONDS


def reading_rate(weights: int, shape: ModelShape | None, tokens_per_second: float) -> float | None:
    """The reading rate that follows from a measured speed, in bytes a second; None for a model too
    small for an estimate.
    """
    waiting = shape.layers * _LAYER_SECONDS if shape else 0.0
    reading = 1 / tokens_per_second - waiting
    return weights / reading if reading > waiting else None


def judge(machine: Machine, memory: int, to_download: int, seconds: float | None) -> Fit:
    """The verdict on a model that needs so much memory and disk, and so many seconds a token."""
    rate = 1 / seconds if seconds else None
    return Fit(_verdict(machine, memory, to_download), memory, rate)


def _verdict(machine: Machine, memory: int, to_download: int) -> Verdict:
    if memory > machine.memory.total * _COMFORT:
        return Verdict.TOO_LARGE
    if to_download and to_download + MARGIN_BYTES > machine.free_disk:
        return Verdict.NO_DISK
    is_roomy = memory <= machine.memory.available * _COMFORT
    return Verdict.FITS if is_roomy else Verdict.TIGHT
