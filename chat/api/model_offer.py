"""The offer of models as the routes give it."""

from __future__ import annotations

from dataclasses import dataclass

from chat.catalog.offer import Offer


@dataclass(frozen=True, slots=True)
class ModelOffer:
    entries: list[str]


def shown_offer(offer: Offer, locale: str) -> ModelOffer:
    return ModelOffer([])
