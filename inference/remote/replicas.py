"""The servers that run one model: round robin over the healthy ones."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Sequence

from inference.remote.replica import Replica

logger = logging.getLogger(__name__)

_CHECK_SECONDS = 10.0
_ANSWER_SECONDS = 10.0
_IDLE_SECONDS = 60.0


class Replicas:
    """Used in turn; unhealthy ones only where none is healthy. Several are checked every ten
    seconds, until there was no request for a minute.
    """

    def __init__(self, replicas: Sequence[Replica]) -> None:
        self._replicas = tuple(replicas)
        self._turns = itertools.count()
        self._asked_at = 0.0
        self._checks: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._replicas)

    def next(self, tried: Sequence[Replica] = ()) -> Replica:
        """The next server, preferably one that was not tried for this answer."""
        self._keep_checking()
        left = [one for one in self._replicas if one not in tried] or list(self._replicas)
        healthy = [one for one in left if one.healthy] or left
        return healthy[next(self._turns) % len(healthy)]

    def failed(self, replica: Replica) -> None:
        """Mark a server as unhealthy, until a check or an answer succeeds."""
        if len(self) > 1 and replica.healthy:
            logger.warning("%s does not answer, the others are asked", replica.endpoint.host)
        replica.healthy = False

    def answered(self, replica: Replica) -> None:
        """Mark a server as healthy."""
        replica.healthy = True

    async def close(self) -> None:
        """Idempotent."""
        checks, self._checks = self._checks, None
        if checks is not None:
            checks.cancel()
            await asyncio.wait({checks})
        for replica in self._replicas:
            await replica.close()

    def _keep_checking(self) -> None:
        self._asked_at = asyncio.get_running_loop().time()
        if len(self) > 1 and (self._checks is None or self._checks.done()):
            self._checks = asyncio.create_task(self._check(), name="replica checks")

    async def _check(self) -> None:
        now = asyncio.get_running_loop().time
        while now() - self._asked_at < _IDLE_SECONDS:
            await asyncio.sleep(_CHECK_SECONDS)
            await asyncio.gather(*map(self._check_one, self._replicas))

    async def _check_one(self, replica: Replica) -> None:
        was = replica.healthy
        replica.healthy = await replica.is_healthy(_ANSWER_SECONDS)
        if replica.healthy != was:
            state = "answers again" if replica.healthy else "does not answer"
            logger.warning("%s %s", replica.endpoint.host, state)
