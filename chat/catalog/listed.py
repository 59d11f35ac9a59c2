"""A model of the list, with its activity and its restrictions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chat.errors import ChatError, ErrorCode
from chat.model_list.entry import Entry
from chat.model_list.model_list import Listing
from inference import ModelActivity, ModelCard


@dataclass(frozen=True, slots=True)
class CatalogModel:
    """A model of the list with its spec and its activity. Models `from_settings` cannot be removed
    or restricted to the owner.
    """

    card: ModelCard
    activity: ModelActivity
    is_default: bool
    owner_only: bool
    from_settings: bool
    spec: str


def all_models(listing: Listing) -> Iterator[CatalogModel]:
    """All models in the order of `Listing.models`, the default first."""
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
    """The entry of a model that the owner added. Raises `ChatError`: `unknown_model`, or
    `model_from_settings`.
    """
    if entry := listing.entry(model):
        return entry
    find_model(listing, model)
    raise ChatError(ErrorCode.MODEL_FROM_SETTINGS, model=model)
