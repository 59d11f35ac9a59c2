"""Which models somebody may run, and how much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chat.errors import ChatError, ErrorCode
from chat.store import in_database
from chat.store.allowance import Limits, limits_of
from chat.store.model_access import ModelAccess, UsualAccess, access_of, check_remote_tokens
from inference import Engine, ModelCard


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's limits, and which models they may use."""

    limits: Limits
    access: ModelAccess


class ModelRights:
    """Asks the database at every run: what the owner changes counts from the next one on.

    `is_owner_only` tells which models are for the owner alone.
    """

    def __init__(
        self,
        engine: Engine,
        limits: Limits,
        access: UsualAccess,
        is_owner_only: Callable[[str], bool],
    ) -> None:
        self._engine = engine
        self._limits = limits
        self._access = access
        self._is_owner_only = is_owner_only

    async def standing(self, member: str, *, is_owner: bool) -> Standing:
        """`is_owner` says that the login alone makes somebody an owner.

        Raises `ChatError` with `unpaired` for a member whose time is over.
        """
        return await in_database(self._standing, member, is_owner)

    async def access(self, member: str) -> ModelAccess:
        """Which models the member may use."""
        return await in_database(access_of, member, self._access)

    def allows(self, access: ModelAccess, card: ModelCard) -> bool:
        """Whether the model may be used."""
        owner_only = self._is_owner_only(card.id)
        return access.allows(is_local=card.local, owner_only=owner_only)

    async def check(
        self, member: str, model: str, standing: Standing, live_tokens: int = 0
    ) -> ModelCard:
        """The model; `live_tokens` are those of providers for the member's runs that go on.

        Raises `ChatError`: `unknown_model`, also for one of the owner's alone,
        `remote_not_allowed`, or `remote_tokens_used_up`.
        """
        card = self.card(model)
        if card is None or (self._is_owner_only(model) and not standing.access.is_owner):
            raise ChatError(ErrorCode.UNKNOWN_MODEL, model=model)
        if not card.local:
            await self._check_remote(member, card, standing, live_tokens)
        return card

    def default_model(self, standing: Standing) -> str:
        """The first that the member may use. Where there is none, the server's own, which is then
        refused with the reason.
        """
        cards = self._engine.models()
        usable = (card.id for card in cards if self.allows(standing.access, card))
        return next(usable, self._engine.default_model)

    def card(self, model: str) -> ModelCard | None:
        """The model as it is now; None where it is not there any more."""
        return next((card for card in self._engine.models() if card.id == model), None)

    async def _check_remote(
        self, member: str, card: ModelCard, standing: Standing, live_tokens: int
    ) -> None:
        if not standing.access.remote:
            named = {"model": card.name, "provider": card.provider}
            raise ChatError(ErrorCode.REMOTE_NOT_ALLOWED, **named)
        if limit := standing.limits.remote_tokens_per_day:
            await in_database(check_remote_tokens, member, limit, live_tokens)

    def _standing(self, member: str, is_owner: bool) -> Standing:
        access = access_of(member, self._access)
        limits = limits_of(member, self._limits)
        return Standing(limits, access.of_owner() if is_owner else access)
