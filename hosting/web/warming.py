"""What the first address asked for would wait for, imported before anybody asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from django.urls import get_resolver

from inference import ModelCard, ModelState

_LOADING = (ModelState.UNLOADED, ModelState.LOADING)
_QUIET_SECONDS = 2.0
"""Who opens the page the moment it is there asks within these."""


async def import_routes(
    models: AsyncIterator[tuple[ModelCard, ...]], is_answering: Callable[[], bool]
) -> None:
    """Import all routes in a thread: one to two seconds of a slow core, in which the first REST
    call would let no answer stream. Waits while the default model loads and while anybody is
    answered, which matters more: the first answer after a start came 0.3 s later by it.
    """
    async for default, *_ in models:
        if default.state not in _LOADING:
            break
    await asyncio.sleep(_QUIET_SECONDS)
    while is_answering():  # noqa: ASYNC110 - no model tells when it is idle
        await asyncio.sleep(_QUIET_SECONDS)
    await asyncio.to_thread(_import)


def _import() -> None:
    get_resolver().url_patterns  # noqa: B018 - looking is what imports them
