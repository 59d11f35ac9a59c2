"""Use cases of one model: make it the default, restrict, load, unload or download it."""

from __future__ import annotations

from dataclasses import replace

from chat.actor import Actor
from chat.catalog.listed import CatalogModel, added_entry, find_model
from chat.catalog.ownership import require_owner
from chat.errors import ChatError, ErrorCode
from chat.model_list.model_list import Listing
from chat.model_list.opening import refusal
from chat.service import ChatService
from chat.store import in_database, listed_models
from inference import InferenceError


async def choose_default(actor: Actor, service: ChatService, model: str) -> CatalogModel:
    """Set the model that answers if no other is chosen. For members who may not use it, the default
    is the next one that they may use. Raises `ChatError`: `not_allowed`, `unknown_model`.
    """
    require_owner(actor)
    listing = service.listing
    async with listing.changing:
        await make_default(listing, model)
    return find_model(listing, model)


async def make_default(listing: Listing, model: str) -> None:
    """As `choose_default`, for a caller that holds `listing.changing`."""
    find_model(listing, model)
    if not listing.is_open(model):
        raise ChatError(ErrorCode.UNKNOWN_MODEL, model=model)
    entry = listing.entry(model)
    await in_database(listed_models.choose_default_model, entry.row.id if entry else model)
    listing.set_default(model)


async def keep_for_owner(
    actor: Actor, service: ChatService, model: str, *, owner_only: bool
) -> CatalogModel:
    """Set whether only the owner may use it. Raises `ChatError`: `not_allowed`, `unknown_model`,
    `model_from_settings`.
    """
    require_owner(actor)
    listing = service.listing
    async with listing.changing:
        entry = added_entry(listing, model)
        await in_database(listed_models.change_model, entry.row.id, {"owner_only": owner_only})
        listing.change(model, replace(entry.row, owner_only=owner_only))
    return find_model(listing, model)


async def load_model(actor: Actor, service: ChatService, model: str) -> CatalogModel:
    """Begin to load it; its progress is in the `models` frames. Allowed to all who may use it. A
    model that could not be opened is opened again. Ignored for models of providers.

    Raises `ChatError`: `unknown_model`, `remote_not_allowed`.
    """
    await service.allowed.check(actor, model)
    listing = service.listing
    model = await _opened(listing, model)
    if listing.is_open(model) and find_model(listing, model).card.local:
        listing.engine.load(model)
    return find_model(listing, model)


async def unload_model(actor: Actor, service: ChatService, model: str) -> CatalogModel:
    """Free its memory. Raises `ChatError`: `not_allowed`, `unknown_model`, `model_in_use`."""
    require_owner(actor)
    listing = service.listing
    find_model(listing, model)
    try:
        await listing.engine.unload(model)
    except InferenceError as error:
        raise refusal(error) from None
    return find_model(listing, model)


async def download_model(
    actor: Actor, service: ChatService, model: str, *, paused: bool
) -> CatalogModel:
    """Pause or continue its download. Ignored if nothing is missing.

    Raises `ChatError`: `not_allowed`, `unknown_model`.
    """
    require_owner(actor)
    listing = service.listing
    if find_model(listing, model).card.download is None:
        return find_model(listing, model)
    try:
        if paused:
            listing.engine.pause(model)
        else:
            listing.engine.resume(model)
    except InferenceError as error:
        raise refusal(error) from None
    return find_model(listing, model)


async def _opened(listing: Listing, model: str) -> str:
    """Its id, after opening it again if that had failed."""
    if listing.is_open(model):
        return model
    async with listing.changing:
        return (await listing.reopen(model)).model
