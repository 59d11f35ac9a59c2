"""The options of a step's rows as columns on the model's device."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from inference.request.option_floors import LEAST_TEMPERATURE
from inference.transformers_engine.sampling.gumbel import draw_key
from inference.transformers_engine.sampling.sampler_state import Row
from inference.transformers_engine.sampling.upload import upload

_NARROW, _WIDE = 64, 4096
"""64 tokens have almost all probability; sorting 150,000 takes sixty times as long."""
_BESIDE = 8
"""Candidates beyond the largest top-k, in which equals of its last token are seen."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Columns (rows, 1); a top-k of 0 and a top-p of 1 filter nothing. `width` is how many of the
    likeliest tokens should hold all that the filters leave; `has_free_rows` where a row has no
    top-k, whose probabilities are shares of the whole vocabulary.
    """

    temperature: torch.Tensor
    top_k: torch.Tensor
    top_p: torch.Tensor
    min_p: torch.Tensor
    greedy: torch.Tensor
    keys: torch.Tensor
    width: int
    has_free_rows: bool

    @classmethod
    def of(cls, rows: Sequence[Row], device: torch.device) -> Filters:
        """The columns of the rows' options, uploaded to the device."""
        numbers = [_numbers(row) for row in rows]
        table = upload(numbers, torch.float32, device)
        temperature, top_k, top_p, min_p, greedy = table.split(1, dim=1)
        keys = upload([(key_of(row),) for row in rows], torch.long, device)
        tops = [int(top_k) for _, top_k, *_ in numbers]
        width = max(_NARROW, min(max(tops) + _BESIDE, _WIDE))
        return cls(temperature, top_k, top_p, min_p, greedy > 0, keys, width, 0 in tops)


def temperature_of(row: Row) -> float:
    """The temperature of a row: large enough for a division; 1 where none was chosen."""
    chosen = row.sampler.options.temperature
    return 1.0 if chosen is None else max(chosen, LEAST_TEMPERATURE)


def key_of(row: Row) -> int:
    """The key of the draw's noise."""
    return draw_key(row.sampler.seed, row.position)


def _numbers(row: Row) -> tuple[float, ...]:
    if row.sampler.is_greedy:
        return 1.0, 1.0, 1.0, 0.0, 1.0
    options = row.sampler.options
    top_p = 1.0 if options.top_p is None else options.top_p
    return temperature_of(row), options.top_k or 0, top_p, options.min_p or 0.0, 0.0
