"""Log-probabilities of the drawn tokens, for requests that want them."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from inference.transformers_engine.sampling.sampler_state import DrawnToken, SamplerState


def note_logprobs(
    logits: torch.Tensor, tokens: Sequence[int], samplers: Sequence[SamplerState]
) -> None:
    """Into each sampler that asked. `logits` are (rows, vocabulary) as the model gave them."""
    for at, (token, sampler) in enumerate(zip(tokens, samplers, strict=True)):
        if count := sampler.options.logprobs:
            sampler.drawn.append(_drawn(logits[at].log_softmax(-1), token, count))


def _drawn(logprobs: torch.Tensor, token: int, count: int) -> DrawnToken:
    best = logprobs.topk(min(count, logprobs.shape[-1]))
    likeliest = zip(best.indices.tolist(), best.values.tolist(), strict=True)
    return DrawnToken(token, float(logprobs[token]), tuple(likeliest))
