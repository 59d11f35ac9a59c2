"""Bounds the caches in which oneDNN keeps compiled code for every shape computed."""

from __future__ import annotations

import os

_SHAPES = "128"
"""Decoding takes some sixty shapes, prompts of every length take new ones."""
_CAPACITIES = ("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "LRU_CACHE_CAPACITY")
"""oneDNN's own cache and PyTorch's above it; both hold 1,024 shapes, of 200 to 400 kB each."""


def bound_caches() -> None:
    """Call before the first computation. Values set in the environment are kept.

    Without it a server grows by 400 MB in its first thousands of prompts. Speed is the same
    (`bench/README.md`).
    """
    for name in _CAPACITIES:
        os.environ.setdefault(name, _SHAPES)
