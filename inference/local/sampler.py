"""From logits to tokens, each row by its own request's options.

Order as in transformers' generation: penalties, temperature, top-k, top-p, min-p, then one
draw. Its noise depends on the seed, the position and the token alone, so a seed gives the same
text alone and in a batch.

What the host knows is uploaded before the model computes (`Draws.of`), and the tokens come
back in one read: a device that is asked in between waits for its host, and the host for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from inference.local.drawer import Row
from inference.local.gumbel import draw_key, gumbel
from inference.local.logprobs import note_logprobs
from inference.local.penalties import Penalties
from inference.local.upload import upload

_CANDIDATES = 64
"""Almost all probability lies in so few tokens; sorting 150,000 takes sixty times as long."""


def sample(logits: torch.Tensor, rows: Sequence[Row]) -> list[int]:
    """One token per row of (rows, vocabulary) float32 logits, which it may overwrite."""
    return Draws.of(rows, logits.device).tokens(logits)


@dataclass(frozen=True, slots=True)
class Draws:
    """The draws of one step, made ready on the device."""

    rows: tuple[Row, ...]
    penalties: Penalties | None
    filters: _Filters | None

    @classmethod
    def of(cls, rows: Sequence[Row], device: torch.device) -> Draws:
        """Uploads what the rows' options say."""
        is_greedy = all(row.drawer.is_greedy for row in rows)
        filters = None if is_greedy else _Filters.of(rows, device)
        return cls(tuple(rows), Penalties.of(rows, device), filters)

    def tokens(self, logits: torch.Tensor) -> list[int]:
        """One token per row of (rows, vocabulary) float32 logits, which it may overwrite."""
        plain = logits.clone() if any(row.drawer.options.logprobs for row in self.rows) else None
        if self.penalties:
            self.penalties.apply(logits)
        tokens = self._drawn(logits, self.filters) if self.filters else logits.argmax(-1).tolist()
        if plain is not None:
            note_logprobs(plain, tokens, [row.drawer for row in self.rows])
        return tokens

    def _drawn(self, logits: torch.Tensor, filters: _Filters) -> list[int]:
        width = min(_CANDIDATES, logits.shape[-1])
        drawn, covered = _draw_among(logits / filters.temperature, filters, width)
        # Not the draw's own first: among equals `argmax` is what greedy generation takes.
        chosen = torch.where(filters.greedy, logits.argmax(-1, keepdim=True), drawn)
        answer = torch.cat([chosen, covered | filters.greedy], dim=-1).tolist()
        return [
            token if is_sure else _draw_alone(logits, filters, at)
            for at, (token, is_sure) in enumerate(answer)
        ]


@dataclass(frozen=True, slots=True)
class _Filters:
    """Columns (rows, 1) on the logits' device; a top-k of 0 is none."""

    temperature: torch.Tensor
    top_k: torch.Tensor
    top_p: torch.Tensor
    min_p: torch.Tensor
    greedy: torch.Tensor
    keys: torch.Tensor

    @classmethod
    def of(cls, rows: Sequence[Row], device: torch.device) -> _Filters:
        table = upload([_numbers(row) for row in rows], torch.float32, device)
        temperature, top_k, top_p, min_p, greedy = table.split(1, dim=1)
        keys = upload([(_key(row),) for row in rows], torch.long, device)
        return cls(temperature, top_k, top_p, min_p, greedy > 0, keys)

    def row(self, at: int) -> _Filters:
        one = slice(at, at + 1)
        return _Filters(*(getattr(self, name)[one] for name in self.__slots__))


def _numbers(row: Row) -> tuple[float, ...]:
    if row.drawer.is_greedy:
        return 1.0, 1.0, 1.0, 0.0, 1.0
    options = row.drawer.options
    temperature = 1.0 if options.temperature is None else options.temperature
    top_p = 1.0 if options.top_p is None else options.top_p
    return temperature, options.top_k or 0, top_p, options.min_p or 0.0, 0.0


def _key(row: Row) -> int:
    return draw_key(row.drawer.seed, row.position)


def _draw_alone(logits: torch.Tensor, filters: _Filters, at: int) -> int:
    """A row whose filters leave more than the candidates, among the whole vocabulary."""
    alone = filters.row(at)
    token, _ = _draw_among(logits[at : at + 1] / alone.temperature, alone, logits.shape[-1])
    return int(token)


def _draw_among(
    scaled: torch.Tensor, filters: _Filters, width: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """A token per row out of the `width` likeliest, and whether the filters kept no others."""
    scores, tokens = scaled.topk(width)
    has_top_k = (filters.top_k > 0) & (filters.top_k <= width)
    rank = torch.arange(width, device=scaled.device)
    among_k = ~has_top_k | (rank < filters.top_k)
    inside = torch.where(among_k, scores, -torch.inf).logsumexp(-1, keepdim=True)
    total = torch.where(has_top_k, inside, scaled.logsumexp(-1, keepdim=True))
    chances = (scores - total).exp() * among_k
    before = chances.cumsum(-1) - chances
    kept = chances * (before < filters.top_p)
    kept = kept * (kept >= filters.min_p * kept[:, :1])
    picked = (kept.log() + gumbel(filters.keys, tokens)).argmax(-1, keepdim=True)
    covered = has_top_k | (kept[:, -1:] == 0)
    return tokens.gather(-1, picked), covered
