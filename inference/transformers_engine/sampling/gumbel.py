"""Noise for drawing one token, which depends on nothing but a key and the token.

The token with the largest log-probability plus Gumbel noise is a draw from the distribution
(Gumbel 1954; https://arxiv.org/abs/1611.01144). Inverting the cumulative sum would do as well,
but there the rounding of one score moves the borders of all tokens after it, and a batch rounds
otherwise than a model alone. The noise is the key and the token hashed by SplitMix64's finaliser
(https://doi.org/10.1145/2660193.2660195).
"""

from __future__ import annotations

import torch

_GOLDEN = 0x9E3779B97F4A7C15
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_BITS = 23
"""As many bits as float32 distinguishes when half a step is added."""


def draw_key(seed: int, position: int) -> int:
    """A signed 64-bit number for the draw at one position of a sequence."""
    mixed = (seed + position * _GOLDEN) & (2**64 - 1)
    for shift, factor in ((30, _FIRST), (27, _SECOND)):
        mixed = ((mixed ^ (mixed >> shift)) * factor) & (2**64 - 1)
    return _signed(mixed ^ (mixed >> 31))


def gumbel(keys: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
    """Float32 noise for (rows, 1) keys and (rows, n) tokens, both int64."""
    mixed = keys ^ (tokens * _signed(_GOLDEN))
    mixed = (mixed ^ _shifted(mixed, 30)) * _signed(_FIRST)
    mixed = (mixed ^ _shifted(mixed, 27)) * _signed(_SECOND)
    uniform = (_shifted(mixed ^ _shifted(mixed, 31), 64 - _BITS).float() + 0.5) / 2**_BITS
    return -torch.log(-torch.log(uniform))


def _shifted(numbers: torch.Tensor, by: int) -> torch.Tensor:
    """A logical shift to the right."""
    return (numbers >> by) & ((1 << (64 - by)) - 1)


def _signed(number: int) -> int:
    return number - 2**64 if number >= 2**63 else number
