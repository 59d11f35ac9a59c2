"""What could be downloaded, and whether it fits this computer."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings

from chat.catalog.ownership import require_owner
from chat.machine import free_disk
from chat.service import Actor
from inference import Memory, memory


@dataclass(frozen=True, slots=True)
class Offer:
    """The computer, and the entries of the offer."""

    memory: Memory
    free_disk: int | None
    bytes_per_second: float | None = None
    entries: list[object] = field(default_factory=list)


async def get_offer(actor: Actor) -> Offer:
    """Raises `ChatError` with `not_allowed`."""
    require_owner(actor)
    return Offer(memory(), free_disk(settings.MYLLM_DATA_DIR))
