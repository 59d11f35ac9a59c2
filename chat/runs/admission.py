"""Whether a member may begin one more run, and with which model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chat.errors import ChatError, ErrorCode
from chat.runs.policy import Policy
from chat.runs.registry import RunRegistry
from chat.runs.rights import ModelRights, Standing
from chat.store.allowance import Limits
from inference import ModelCard


class Admission:
    """Checks live runs against the limits. Used from one event loop."""

    def __init__(self, policy: Policy, rights: ModelRights, runs: RunRegistry) -> None:
        self._policy = policy
        self._rights = rights
        self._runs = runs
        self._admitted: list[tuple[str, str]] = []

    async def standing(self, owner: str, *, is_owner: bool) -> Standing:
        """As `ModelRights.standing`."""
        return await self._rights.standing(owner, is_owner=is_owner)

    def default_model(self, standing: Standing) -> str:
        """As `ModelRights.default_model`."""
        return self._rights.default_model(standing)

    async def model(self, owner: str, model: str, standing: Standing) -> ModelCard:
        """Raises `ChatError` as `ModelRights.check`."""
        live = self._runs.remote_tokens_of(owner)
        return await self._rights.check(owner, model, standing, live)

    @contextmanager
    def admitted(self, owner: str, device: str, limits: Limits) -> Iterator[None]:
        """In the block, where the database is awaited, one more run counts as the member's and the
        device's, so that sends in other conversations cannot pass the limits together with it.

        Raises `ChatError`: `too_many_runs`, `member_busy`.
        """
        self._check(owner, device, limits)
        self._admitted.append((owner, device))
        try:
            yield
        finally:
            self._admitted.remove((owner, device))

    def _check(self, owner: str, device: str, limits: Limits) -> None:
        limit = self._policy.runs_per_device
        admitted = sum(one[1] == device for one in self._admitted)
        if self._runs.of_device(device) + admitted >= limit:
            raise ChatError(ErrorCode.TOO_MANY_RUNS, limit=limit)
        admitted = sum(one[0] == owner for one in self._admitted)
        if limits.runs_at_once and self._runs.of_owner(owner) + admitted >= limits.runs_at_once:
            raise ChatError(ErrorCode.MEMBER_BUSY, limit=limits.runs_at_once)
