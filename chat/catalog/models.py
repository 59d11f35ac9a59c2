"""The list of models: show, add, remove."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace

from chat.actor import Actor
from chat.catalog.choice import make_default
from chat.catalog.listed import CatalogModel, added_entry, all_models, find_model
from chat.catalog.ownership import require_owner
from chat.conf import conf
from chat.engine import delete_model_files
from chat.errors import ChatError, ErrorCode
from chat.model_list.entry import Entry
from chat.model_list.model_list import Listing
from chat.service import ChatService
from chat.store import in_database, listed_models
from chat.store.listed_models import StoredModel
from chat.text.storable import storable

_LONGEST_ID = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class NewModel:
    """A model to add: a spec as in MYLLM_MODELS, with the account at `provider` if it needs one."""

    spec: str
    provider: str | None = None
    name: str = ""
    owner_only: bool = False
    is_default: bool = False


async def list_models(actor: Actor, service: ChatService) -> list[CatalogModel]:
    """The models that the actor may use, their default first; all for the owner. Specs contain
    paths of the owner's files, so only the owner gets them.
    """
    listed = list(all_models(service.listing))
    if actor.is_owner:
        return listed
    usable = {card.id for card in await service.allowed.of(actor)}
    shown = [one for one in listed if one.card.id in usable]
    return [replace(one, is_default=one is shown[0], spec="") for one in shown]


async def add_model(actor: Actor, service: ChatService, wanted: NewModel) -> CatalogModel:
    """Open it, store it for the next starts, and begin to download missing files.

    Raises `ChatError`: `not_allowed`, `model_exists`, `bad_model_spec`, `unknown_model_spec`,
    `unknown_provider`, or the reason why it cannot be opened.
    """
    require_owner(actor)
    listing = service.listing
    async with listing.changing:
        row = _row(wanted)
        _check_new(listing, row)
        entry = await listing.open(row)
        await _store(listing, entry)
        if wanted.is_default:
            await make_default(listing, entry.model)
    if find_model(listing, entry.model).card.download is not None:
        listing.engine.fetch(entry.model)
    return find_model(listing, entry.model)


async def remove_model(actor: Actor, service: ChatService, model: str, *, files: bool) -> None:
    """Remove it from the list; its runs end with a reason. With `files` its downloaded files are
    deleted, too, unless another model of the list has the same spec.

    Raises `ChatError`: `not_allowed`, `unknown_model`, `model_from_settings`.
    """
    require_owner(actor)
    listing = service.listing
    async with listing.changing:
        entry = added_entry(listing, model)
        await listing.remove(model)
        await in_database(listed_models.remove_model, entry.row.id)
        if files and listing.of_spec(entry.row.spec) is None:
            await asyncio.to_thread(delete_model_files, entry.row.spec)


def _row(wanted: NewModel) -> StoredModel:
    spec, name = storable(wanted.spec).strip(), storable(wanted.name).strip()
    if _CONTROL.search(spec + name):
        raise ChatError(ErrorCode.BAD_MODEL_SPEC, reason="control characters")
    return StoredModel("", spec, name, wanted.provider, wanted.owner_only)


def _check_new(listing: Listing, row: StoredModel) -> None:
    is_set = row.provider is None and row.spec in conf().models
    if listed := listing.of_spec(row.spec, row.provider) or (row.spec if is_set else None):
        raise ChatError(ErrorCode.MODEL_EXISTS, model=listed)


async def _store(listing: Listing, entry: Entry) -> None:
    """Store the model, or close it again if that fails."""
    try:
        if len(entry.row.id) > _LONGEST_ID:
            raise ChatError(ErrorCode.BAD_MODEL_SPEC, reason=f"longer than {_LONGEST_ID}")
        await in_database(listed_models.add_model, entry.row)
    except BaseException:
        await listing.remove(entry.model)
        raise
