"""Which models an actor may use, as lists of models show it."""

from __future__ import annotations

from collections.abc import AsyncIterator

from chat.actor import Actor
from chat.errors import ChatError, ErrorCode
from chat.model_list.model_list import Listing
from chat.runs.known_access import KnownAccess
from chat.runs.rights import ModelRights
from inference import ModelCard


class AllowedModels:
    """The models for lists and notifications; runs have checks of their own. Used from one event
    loop.
    """

    def __init__(self, listing: Listing, rights: ModelRights) -> None:
        self._listing = listing
        self._rights = rights
        self._access = KnownAccess(rights.access)

    async def of(self, actor: Actor) -> tuple[ModelCard, ...]:
        """The models that the actor may use, their default first."""
        access = await self._access.of(actor.owner)
        access = access.of_owner() if actor.is_owner else access
        return tuple(card for card in self._listing.models() if self._rights.allows(access, card))

    async def check(self, actor: Actor, model: str) -> None:
        """Raises `ChatError`, `unknown_model` or `remote_not_allowed`, unless the actor may use
        it.
        """
        if model in (card.id for card in await self.of(actor)):
            return
        cards = {card.id: card for card in self._listing.models()}
        if model in cards and not self._listing.is_owner_only(model):
            card = cards[model]
            raise ChatError(ErrorCode.REMOTE_NOT_ALLOWED, model=card.name, provider=card.provider)
        raise ChatError(ErrorCode.UNKNOWN_MODEL, model=model)

    async def watch(self, actor: Actor) -> AsyncIterator[tuple[ModelCard, ...]]:
        """`of` now and after every change."""
        async for _ in self._listing.watch():
            yield await self.of(actor)

    def forget(self) -> None:
        """A member's rights have changed: send the list to connected clients again."""
        self._access.forget()
        self._listing.notify()
