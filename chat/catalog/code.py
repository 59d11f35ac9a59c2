"""The program code that a model brings along: shown, and allowed to run."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from chat.catalog.current import service
from chat.catalog.listed import CatalogModel, added_entry, find_model
from chat.catalog.ownership import require_owner
from chat.errors import ChatError, ErrorCode
from chat.service import Actor
from chat.store import in_database, listed_models
from inference import ModelCode, spec_code


async def model_code(actor: Actor, model: str) -> ModelCode:
    """What would run of it; nothing is run, or fetched, for this.

    Raises `ChatError`: `not_allowed`, `unknown_model`, `model_from_settings`.
    """
    require_owner(actor)
    entry = added_entry(service().listing, model)
    return await asyncio.to_thread(spec_code, entry.row.spec)


async def allow_code(actor: Actor, model: str, digest: str) -> CatalogModel:
    """Let the code of this digest run, which the owner has seen, and open the model anew with it.
    As soon as a file of it changes it has to be allowed again.

    Raises `ChatError` as `model_code` does, and `code_changed` where the model's code is another.
    """
    listing = service().listing
    code = await model_code(actor, model)
    if not code.digest or code.digest != digest:
        raise ChatError(ErrorCode.CODE_CHANGED, model=model)
    async with listing.changing:
        entry = added_entry(listing, model)
        listing.change(model, replace(entry.row, trusted_code=digest))
        await in_database(listed_models.change_model, entry.row.id, {"trusted_code": digest})
        opened = await listing.reopen(model)
    return find_model(listing, opened.model)
