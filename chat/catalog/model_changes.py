"""Changes of one model."""

from __future__ import annotations

from collections.abc import Mapping

from chat.actor import Actor
from chat.catalog import choice
from chat.catalog.listed import CatalogModel, find_model
from chat.catalog.ownership import require_owner
from chat.service import ChatService


async def change_model(
    actor: Actor, service: ChatService, model: str, changes: Mapping[str, object]
) -> CatalogModel:
    """Apply `changes` in their order: `default`, `owner_only`, `download`, `loaded`. Stops at the
    first one that is refused. Raises `ChatError`.
    """
    require_owner(actor)
    find_model(service.listing, model)
    for name, value in changes.items():
        match name, value:
            case "default", True:
                await choice.choose_default(actor, service, model)
            case "owner_only", bool(owner_only):
                await choice.keep_for_owner(actor, service, model, owner_only=owner_only)
            case "download", state:
                await choice.download_model(actor, service, model, paused=state == "paused")
            case "loaded", bool(loaded):
                await (choice.load_model if loaded else choice.unload_model)(actor, service, model)
    return find_model(service.listing, model)
