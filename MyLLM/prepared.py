"""Prepares the data and the service before the first request.

`serve` has prepared the database; uvicorn, daphne and others only import the application. They may
do so in a running event loop, where Django's ORM refuses to work, and not all of them have lifespan
events.
"""

from __future__ import annotations

import asyncio
import os

from chat.lifespan import begin
from chat.network.asgi import Application
from chat.ownership.own_data import own_data
from chat.preparation import Preparation
from hosting.schema import ensure_schema

PRIVATE = 0o077
"""Files of a serving process are readable by its owner alone."""


class Prepared(Preparation):
    """ASGI middleware: the first requests wait until this process has locked the data, migrated the
    database and started the service.
    """

    def __init__(self, application: Application) -> None:
        # Looked up at each call: tests replace it.
        super().__init__(application, lambda: prepare())  # noqa: PLW0108


async def prepare() -> None:
    """Raises `Refusal` if another process uses the data or the database cannot be used. Cheap if
    already done.
    """
    os.umask(PRIVATE)
    await asyncio.to_thread(own_data)
    await asyncio.to_thread(ensure_schema)
    await begin()
