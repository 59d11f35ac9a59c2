"""Bounds that end an answer which does not end by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inference.types import GenerationRequest, ModelCard

_BUILTIN_TOKENS = 2048
"""Answer tokens of the built-in models: longer answers of small models are mostly wrong."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """`answer_tokens` are the most of one answer of any local model; 0 leaves that to its context,
    and to 2048 for the built-in models. `stop_repetition` ends an answer that repeats itself.
    """

    answer_tokens: int = 0
    stop_repetition: bool = True

    def applied(self, request: GenerationRequest, card: ModelCard) -> GenerationRequest:
        """The request within these bounds. They apply to the whole answer, so text written before
        is subtracted; `max_new_tokens` 0 means that nothing is left.
        """
        asked = request.options.one_length()
        options = replace(asked, max_new_tokens=self._allowed(request, card))
        return replace(request, options=options, stop_repetition=self.stop_repetition)

    def _allowed(self, request: GenerationRequest, card: ModelCard) -> int | None:
        asked = request.options.max_new_tokens
        limit = self._limit(card)
        if limit is None:
            return asked
        left = max(limit - request.tokens_so_far, 0)
        return left if asked is None else min(asked, left)

    def _limit(self, card: ModelCard) -> int | None:
        if not card.local:
            return None
        return self.answer_tokens or (_BUILTIN_TOKENS if card.builtin else None)
