"""From logits to tokens, each row by its own request's options.

Order as in transformers' generation: penalties, temperature, top-k, top-p, min-p, then one
draw. Its noise depends on the seed, the position and the token alone, so a seed gives the same
text alone and in a batch.

Inputs are uploaded before the model computes (`Draws.of`), and the tokens come back in one read: a
read in between would make the device and the host wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from inference.transformers_engine.sampling import whole_vocabulary
from inference.transformers_engine.sampling.candidates import draw_among
from inference.transformers_engine.sampling.filters import Filters
from inference.transformers_engine.sampling.logprobs import note_logprobs
from inference.transformers_engine.sampling.penalties import Penalties
from inference.transformers_engine.sampling.sampler_state import Row


def sample(logits: torch.Tensor, rows: Sequence[Row]) -> list[int]:
    """One token per row of (rows, vocabulary) float32 logits, which it may overwrite."""
    return Draws.of(rows, logits.device).tokens(logits)


@dataclass(frozen=True, slots=True)
class Draws:
    """The draws of one step, prepared on the device."""

    rows: tuple[Row, ...]
    penalties: Penalties | None
    filters: Filters | None

    @classmethod
    def of(cls, rows: Sequence[Row], device: torch.device) -> Draws:
        """The draws for rows, with their options uploaded."""
        is_greedy = all(row.sampler.is_greedy for row in rows)
        filters = None if is_greedy else Filters.of(rows, device)
        return cls(tuple(rows), Penalties.of(rows, device), filters)

    def tokens(self, logits: torch.Tensor) -> list[int]:
        """One token per row of (rows, vocabulary) float32 logits, which it may overwrite."""
        plain = logits.clone() if any(row.sampler.options.logprobs for row in self.rows) else None
        if self.penalties:
            self.penalties.apply(logits)
        tokens = self._drawn(logits, self.filters) if self.filters else logits.argmax(-1).tolist()
        if plain is not None:
            note_logprobs(plain, tokens, [row.sampler for row in self.rows])
        return tokens

    def _drawn(self, logits: torch.Tensor, filters: Filters) -> list[int]:
        drawn, is_sure = draw_among(logits / filters.temperature, filters)
        # Not the draw's own first: among equals `argmax` is what greedy generation takes.
        chosen = torch.where(filters.greedy, logits.argmax(-1, keepdim=True), drawn)
        answer = torch.cat([chosen, is_sure | filters.greedy], dim=-1).tolist()
        return [
            token if sure else whole_vocabulary.draw(logits[at : at + 1], self.rows[at])
            for at, (token, sure) in enumerate(answer)
        ]
