"""A model of the list, with what it does and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chat.errors import ChatError, ErrorCode
from chat.model_list.entry import Entry
from chat.model_list.model_list import Listing
from inference import ModelActivity, ModelCard


@dataclass(frozen=True, slots=True)
class CatalogModel:
    """A model, by which spec it is on the list, and what it does. Those `from_settings` cannot be
    removed, nor kept for the owner.
    """

    card: ModelCard
    activity: ModelActivity
    is_default: bool
    owner_only: bool
    from_settings: bool
    spec: str


def all_models(listing: Listing) -> Iterator[CatalogModel]:
    """The default first, as `Listing.models` has them."""
    cards, activities = listing.models(), listing.activity()
    for card, activity in zip(cards, activities, strict=True):
        from_settings = listing.entry(card.id) is None
        owner_only = listing.is_owner_only(card.id)
        spec = listing.spec_of(card.id)
        yield CatalogModel(card, activity, card is cards[0], owner_only, from_settings, spec)


def find_model(listing: Listing, model: str) -> CatalogModel:
    """Raises `ChatError` with `unknown_model`."""
    for one in all_models(listing):
        if one.card.id == model:
            return one
    raise ChatError(ErrorCode.UNKNOWN_MODEL, model=model)


def added_entry(listing: Listing, model: str) -> Entry:
    """What the owner added by this id. Raises `ChatError`: `unknown_model`, or
    `model_from_settings`.
    """
    if entry := listing.entry(model):
        return entry
    find_model(listing, model)
    raise ChatError(ErrorCode.MODEL_FROM_SETTINGS, model=model)
