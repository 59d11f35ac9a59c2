"""The models that can be downloaded, and whether they fit this computer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from chat.actor import Actor
from chat.catalog.ownership import require_owner
from chat.engine import offer_for
from chat.model_list.model_list import Listing
from chat.service import ChatService
from inference import Machine, ModelCard, OfferedEntry


@dataclass(frozen=True, slots=True)
class Offer:
    """The computer, and each entry with its id if it is on the list."""

    machine: Machine
    entries: list[tuple[OfferedEntry, str | None]]


async def get_offer(actor: Actor, service: ChatService) -> Offer:
    """The offer. The first call measures the computer for a third of a second. Raises `ChatError`
    with `not_allowed`.
    """
    require_owner(actor)
    listing = service.listing
    machine, entries = await asyncio.to_thread(offer_for, _answered(listing))
    return Offer(machine, [(entry, listing.of_spec(entry.spec)) for entry in entries])


def _answered(listing: Listing) -> list[tuple[ModelCard, float]]:
    """Models that have answered, with their measured tokens per second."""
    pairs = zip(listing.models(), listing.activity(), strict=True)
    return [(card, did.tokens_per_second) for card, did in pairs if did.tokens_per_second]
