"""Penalties for tokens that occurred before: one update of the logits for all rows of a step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from inference.request.option_floors import LEAST_PENALTY
from inference.transformers_engine.sampling.sampler_state import Row
from inference.transformers_engine.sampling.upload import upload


@dataclass(frozen=True, slots=True)
class Penalties:
    """For each (row, token) that occurred before: its factor, and the amount subtracted."""

    rows: torch.Tensor
    tokens: torch.Tensor
    factors: torch.Tensor
    amounts: torch.Tensor

    @classmethod
    def of(cls, rows: Sequence[Row], device: torch.device) -> Penalties | None:
        """The penalties of the rows; None where no row has any."""
        entries = [(at, *entry) for at, row in enumerate(rows) for entry in _entries(row)]
        if not entries:
            return None
        places = upload([(at, token) for at, token, *_ in entries], torch.long, device)
        sizes = upload([size for _, _, *size in entries], torch.float32, device)
        return cls(places[:, 0], places[:, 1], sizes[:, 0], sizes[:, 1])

    def apply(self, logits: torch.Tensor) -> None:
        """Apply them in place to logits (rows, vocabulary).

        Dividing a negative score would reward it (https://arxiv.org/abs/1909.05858).
        """
        scores = logits[self.rows, self.tokens]
        weighed = torch.where(scores < 0, scores * self.factors, scores / self.factors)
        logits[self.rows, self.tokens] = weighed - self.amounts


def _entries(row: Row) -> Iterator[tuple[int, float, float]]:
    if not row.sampler.looks_back:
        return
    options = row.sampler.options
    factor = max(options.repetition_penalty or 1.0, LEAST_PENALTY)
    counts = Counter(row.generated)
    for token in {*row.prompt, *row.generated} if factor != 1.0 else counts:
        times = counts[token]
        presence = (options.presence_penalty or 0.0) if times else 0.0
        yield token, factor, (options.frequency_penalty or 0.0) * times + presence
