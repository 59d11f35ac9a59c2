"""The program code in a model's folder, and the owner's permission to run it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from chat.actor import Actor
from chat.catalog.listed import CatalogModel, added_entry, find_model
from chat.catalog.ownership import require_owner
from chat.errors import ChatError, ErrorCode
from chat.service import ChatService
from chat.store import in_database, listed_models
from inference import ModelCode, spec_code


@dataclass(frozen=True, slots=True)
class ShownCode:
    """The code that would run, and whether the owner has allowed exactly that."""

    code: ModelCode
    is_trusted: bool


async def get_code(actor: Actor, service: ChatService, model: str) -> ShownCode:
    """Read the code without running it. Raises `ChatError`: `not_allowed`, `unknown_model`,
    `model_from_settings`.
    """
    require_owner(actor)
    row = added_entry(service.listing, model).row
    code = await asyncio.to_thread(spec_code, row.spec)
    return ShownCode(code, bool(code.digest) and code.digest == row.trusted_code)


async def trust_code(actor: Actor, service: ChatService, model: str, digest: str) -> CatalogModel:
    """Allow the code with this digest, and no other, to run; an empty digest revokes that. The
    model is opened again. Raises `ChatError` as `get_code`, and `code_changed` if the code has
    another digest.
    """
    require_owner(actor)
    listing = service.listing
    async with listing.changing:
        entry = added_entry(listing, model)
        code = await asyncio.to_thread(spec_code, entry.row.spec)
        if digest and digest != code.digest:
            raise ChatError(ErrorCode.CODE_CHANGED, model=model)
        await in_database(listed_models.change_model, entry.row.id, {"trusted_code": digest})
        listing.change(model, replace(entry.row, trusted_code=digest))
        reopened = await listing.reopen(model)
    return find_model(listing, reopened.model)
