"""How likely what was drawn was, for requests that ask."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from inference.transformers_engine.sampling.sampler_state import Drawer, DrawnToken


def note_logprobs(logits: torch.Tensor, tokens: Sequence[int], drawers: Sequence[Drawer]) -> None:
    """Into each drawer that asked. `logits` are (rows, vocabulary) as the model gave them."""
    for at, (token, drawer) in enumerate(zip(tokens, drawers, strict=True)):
        if count := drawer.options.logprobs:
            drawer.drawn.append(_drawn(logits[at].log_softmax(-1), token, count))


def _drawn(logprobs: torch.Tensor, token: int, count: int) -> DrawnToken:
    best = logprobs.topk(min(count, logprobs.shape[-1]))
    likeliest = zip(best.indices.tolist(), best.values.tolist(), strict=True)
    return DrawnToken(token, float(logprobs[token]), tuple(likeliest))
