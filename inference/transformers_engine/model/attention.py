"""Attention of one packed step over the slots: decodes in a few batches, prefills one by one.

Query heads that share a key-value head are folded into the query axis, so keys and values are
read once and never copied per head (grouped-query attention, https://arxiv.org/abs/2305.13245).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn.functional import scaled_dot_product_attention

from inference.transformers_engine.model.spans import Span, spans


@dataclass(frozen=True, slots=True)
class Decodes:
    """Some of a step's decodes: tokens `begin:end`, whose slots lie in `low:high`.

    `rows` are their indexes among these slots. `mask` (slots, kv heads, heads per kv head, length)
    hides what is not a slot's own past; it is None where none needs it.
    """

    begin: int
    end: int
    low: int
    high: int
    length: int
    rows: torch.Tensor
    mask: torch.Tensor | None


@dataclass(frozen=True, slots=True)
class Prefill:
    """A piece of a prompt: step tokens `begin:end` of one slot, the last of `length` it has.

    `mask` (tokens, length) hides what comes after each token.
    """

    slot: int
    begin: int
    end: int
    length: int
    mask: torch.Tensor


@dataclass(frozen=True, slots=True)
class StepLayout:
    """The slots of a packed step's tokens; the decodes come first, ordered by slot."""

    decodes: tuple[Decodes, ...]
    prefills: tuple[Prefill, ...]


def decodes(lengths: dict[int, int], groups: int, kv: torch.Tensor) -> tuple[Decodes, ...]:
    """The decodes of slots that see so many positions each, their token included.

    `lengths` is ordered by slot. `kv` is any layer's keys, for shape, type and device;
    `groups` are the query heads per key-value head.
    """
    found, at = [], 0
    for span in spans(lengths):
        count = len(span.slots)
        rows = torch.tensor(span.slots, device=kv.device) - span.low
        mask = _decode_mask(span, lengths, (kv.shape[1], groups), kv)
        found.append(Decodes(at, at + count, span.low, span.high, span.length, rows, mask))
        at += count
    return tuple(found)


def prefill(slot: int, begin: int, tokens: int, past: int, kv: torch.Tensor) -> Prefill:
    """The prefill of `tokens` tokens after `past` computed ones."""
    length = past + tokens
    positions = torch.arange(length, device=kv.device)
    mask = torch.zeros(tokens, length, dtype=kv.dtype, device=kv.device)
    mask.masked_fill_(positions[None, :] > positions[past:, None], torch.finfo(kv.dtype).min)
    return Prefill(slot, begin, begin + tokens, length, mask)


def attend(
    query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, at: StepLayout, scale: float
) -> torch.Tensor:
    """query (1, heads, tokens, size) over keys and values (slots, kv heads, length, size).

    Returns (1, tokens, heads, size).
    """
    parts = [
        _decode(query[0, :, part.begin : part.end], keys, values, part, scale)
        for part in at.decodes
    ]
    for part in at.prefills:
        tokens = query[0, :, part.begin : part.end]
        parts.append(_prefill(tokens, keys[part.slot], values[part.slot], part, scale))
    return torch.cat(parts)[None]


def _decode(
    query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, at: Decodes, scale: float
) -> torch.Tensor:
    kv_heads, size = keys.shape[1], keys.shape[3]
    count = at.end - at.begin
    grouped = query.transpose(0, 1).reshape(count, kv_heads, -1, size)
    is_dense = count == at.high - at.low
    out = scaled_dot_product_attention(
        grouped if is_dense else _spread(grouped, at),
        keys[at.low : at.high, :, : at.length],
        values[at.low : at.high, :, : at.length],
        attn_mask=at.mask,
        scale=scale,
    )
    return (out if is_dense else out[at.rows]).reshape(count, -1, size)


def _spread(grouped: torch.Tensor, at: Decodes) -> torch.Tensor:
    spread = grouped.new_zeros(at.high - at.low, *grouped.shape[1:])
    spread[at.rows] = grouped
    return spread


def _prefill(
    query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, at: Prefill, scale: float
) -> torch.Tensor:
    heads, length, size = query.shape
    kv_heads = keys.shape[0]
    out = scaled_dot_product_attention(
        query.reshape(kv_heads, heads // kv_heads, length, size),
        keys[:, None, : at.length].expand(-1, heads // kv_heads, -1, -1),
        values[:, None, : at.length].expand(-1, heads // kv_heads, -1, -1),
        attn_mask=at.mask,
        scale=scale,
    )
    return out.reshape(heads, length, size).transpose(0, 1)


def _decode_mask(
    span: Span, lengths: dict[int, int], heads: tuple[int, int], kv: torch.Tensor
) -> torch.Tensor | None:
    seen = [lengths.get(slot, 1) for slot in range(span.low, span.high)]
    if min(seen) == span.length:
        return None
    positions = torch.arange(span.length, device=kv.device)
    hidden = positions[None, :] >= torch.tensor(seen, device=kv.device)[:, None]
    # A float mask: with a boolean one the CPU kernel is several times slower.
    mask = torch.zeros(len(seen), 1, 1, span.length, dtype=kv.dtype, device=kv.device)
    mask.masked_fill_(hidden[:, None, None, :], torch.finfo(kv.dtype).min)
    return mask.expand(-1, *heads, -1)
