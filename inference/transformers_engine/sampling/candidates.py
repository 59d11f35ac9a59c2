"""Draws among the likeliest tokens of each row, and whether the draw equals one among all.

The filters are those of transformers' `TopKLogitsWarper`, `TopPLogitsWarper` and
`MinPLogitsWarper`. Where rounding, or the order in which a sort leaves equals, decides whether a
token is kept, it counts as possible. A draw that is certainly kept and wins over all possible ones
wins over the kept ones too; any other draw is left to `whole_vocabulary`.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

from inference.transformers_engine.sampling.filters import Filters
from inference.transformers_engine.sampling.gumbel import gumbel

_ROUNDING = 1e-5
"""A bound on the difference of sums of float32 probabilities in different orders."""


def draw_among(scaled: torch.Tensor, filters: Filters) -> tuple[torch.Tensor, torch.Tensor]:
    """For (rows, vocabulary) logits divided by the temperature: a token per row, and whether it is
    sure. Both have the shape (rows, 1).
    """
    candidates = _Candidates.of(scaled, filters)
    possible, certain = candidates.kept(filters)
    noise = gumbel(filters.keys, candidates.tokens)
    noisy = torch.where(possible, candidates.scores + noise, -torch.inf)
    picked = noisy.argmax(-1, keepdim=True)
    is_sure = certain.gather(-1, picked) & candidates.hold_all(possible)
    return candidates.tokens.gather(-1, picked), is_sure


@dataclass(frozen=True, slots=True)
class _Candidates:
    """(rows, width), the likeliest first; `scores` are relative to the first one's. `among_k` are
    those that top-k leaves; `has_k` are the rows it applies to, `sees_k` those where no equal of
    its last token can be outside.
    """

    scores: torch.Tensor
    tokens: torch.Tensor
    chances: torch.Tensor
    among_k: torch.Tensor
    has_k: torch.Tensor
    sees_k: torch.Tensor
    is_whole: bool

    @classmethod
    def of(cls, scaled: torch.Tensor, filters: Filters) -> _Candidates:
        size = scaled.shape[-1]
        width = min(filters.width, size)
        found, tokens = scaled.topk(width)
        has_k = (filters.top_k > 0) & (filters.top_k < size)
        last = found.gather(-1, (filters.top_k.long() - 1).clamp(0, width - 1))
        among_k = ~has_k | (found >= last)
        sees_k = (filters.top_k <= width) & ((last > found[:, -1:]) | (width == size))
        chances = torch.where(among_k, found, -torch.inf).softmax(-1)
        if width < size and filters.has_free_rows:
            chances = torch.where(has_k, chances, scaled.softmax(-1).gather(-1, tokens))
        return cls(found - found[:, :1], tokens, chances, among_k, has_k, sees_k, width == size)

    def kept(self, filters: Filters) -> tuple[torch.Tensor, torch.Tensor]:
        """The candidates that the filters may keep, and those that they certainly keep."""
        before = self.chances.cumsum(-1) - self.chances
        everything = filters.top_p >= 1
        possible = everything | (before < filters.top_p + _ROUNDING)
        certain = everything | (before < filters.top_p - _ROUNDING)
        least = torch.where(possible, self.scores, torch.inf).amin(-1, keepdim=True)
        most = torch.where(certain, -torch.inf, self.scores).amax(-1, keepdim=True)
        possible, certain = self.scores >= least, self.scores > most
        certain = certain | self._is_first()
        ratio, nothing = self.scores.exp(), filters.min_p <= 0
        possible = possible & (nothing | (ratio >= filters.min_p * (1 - _ROUNDING)))
        certain = certain & (nothing | (ratio >= filters.min_p * (1 + _ROUNDING)) | (ratio == 1))
        return possible & self.among_k, certain & self.among_k

    def hold_all(self, possible: torch.Tensor) -> torch.Tensor:
        """Rows (rows, 1) of whose kept tokens none can be outside."""
        least = torch.where(possible, self.scores, torch.inf).amin(-1, keepdim=True)
        sees_all = (least > self.scores[:, -1:]) | self.is_whole
        return torch.where(self.has_k, self.sees_k, sees_all)

    def _is_first(self) -> torch.Tensor:
        """The likeliest is always kept, unless it has an equal."""
        is_top = self.scores == 0
        return is_top & (is_top.sum(-1, keepdim=True) == 1)
