"""One row's draw among all tokens, by the very steps of transformers' processors.

Slow, and exact where `candidates` cannot be: it takes the same sort, whose order of equals decides
which of them top-p keeps.
"""

from __future__ import annotations

import torch

from inference.transformers_engine.sampling.filters import key_of, temperature_of
from inference.transformers_engine.sampling.gumbel import gumbel
from inference.transformers_engine.sampling.sampler_state import Row
from inference.types import SamplingOptions


def draw(logits: torch.Tensor, row: Row) -> int:
    """A token for (1, vocabulary) logits of a row that samples."""
    scores = filtered(logits / temperature_of(row), row.sampler.options)
    keys = torch.tensor([[key_of(row)]], device=logits.device)
    tokens = torch.arange(logits.shape[-1], device=logits.device)[None]
    # Relative to the largest: noise would be lost beside the scores of a low temperature.
    return int((scores - scores.max() + gumbel(keys, tokens)).argmax())


def filtered(scores: torch.Tensor, options: SamplingOptions) -> torch.Tensor:
    """(1, vocabulary) logits divided by the temperature, with -inf for what the filters remove."""
    if options.top_k:
        scores = _top_k(scores, options.top_k)
    if options.top_p is not None and options.top_p < 1:
        scores = _top_p(scores, options.top_p)
    return _min_p(scores, options.min_p) if options.min_p else scores


def _top_k(scores: torch.Tensor, top_k: int) -> torch.Tensor:
    least = scores.topk(min(top_k, scores.shape[-1])).values[:, -1:]
    return scores.masked_fill(scores < least, -torch.inf)


def _top_p(scores: torch.Tensor, top_p: float) -> torch.Tensor:
    ascending, order = scores.sort()
    is_removed = ascending.softmax(-1).cumsum(-1) <= 1 - top_p
    is_removed[:, -1] = False
    return scores.masked_fill(is_removed.scatter(1, order, is_removed), -torch.inf)


def _min_p(scores: torch.Tensor, min_p: float) -> torch.Tensor:
    chances = scores.softmax(-1)
    most = chances.amax(-1, keepdim=True)
    is_removed = (chances < min_p * most) & (chances < most)
    return scores.masked_fill(is_removed, -torch.inf)
