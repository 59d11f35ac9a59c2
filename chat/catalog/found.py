"""Models found on this computer: files of other programs, and servers that offer models."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from chat.actor import Actor
from chat.catalog.ownership import require_owner
from chat.conf import conf
from chat.engine import find_local_models
from chat.service import ChatService
from inference import FoundModel, FoundServer, found_servers


@dataclass(frozen=True, slots=True)
class Found:
    """A found model; `listed` is its id if it is on the list."""

    model: FoundModel | FoundServer
    listed: str | None


async def find_models(actor: Actor, service: ChatService) -> list[Found]:
    """Search for models, which takes seconds; nothing is loaded or changed. Raises `ChatError` with
    `not_allowed`.
    """
    require_owner(actor)
    files, servers = await asyncio.gather(
        asyncio.to_thread(find_local_models), found_servers(_own_ports())
    )
    everything: list[FoundModel | FoundServer] = [*servers, *files]
    listing = service.listing
    return [Found(one, listing.of_spec(one.spec)) for one in everything]


def _own_ports() -> frozenset[int]:
    """The ports of this server, which are not searched."""
    secure = {conf().tls_port} if conf().tls else set()
    return frozenset({conf().port} | secure)
