"""Imports the routes before the first request needs them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from django.urls import get_resolver

from inference import ModelCard, ModelState

_LOADING = (ModelState.UNLOADED, ModelState.LOADING)
_QUIET_SECONDS = 2.0
"""A client that opens the page at once sends its first request within this time."""


async def import_routes(
    models: AsyncIterator[tuple[ModelCard, ...]], is_answering: Callable[[], bool]
) -> None:
    """Import all routes in a thread. That takes one to two seconds of a slow core, during which the
    first REST call would stop all answers. Waits while the default model loads and while any answer
    runs: otherwise the first answer after a start came 0.3 s later.
    """
    async for default, *_ in models:
        if default.state not in _LOADING:
            break
    await asyncio.sleep(_QUIET_SECONDS)
    while is_answering():  # noqa: ASYNC110 - no model reports when it becomes idle
        await asyncio.sleep(_QUIET_SECONDS)
    await asyncio.to_thread(_import)


def _import() -> None:
    get_resolver().url_patterns  # noqa: B018 - the access imports them
