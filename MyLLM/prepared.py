"""The data and the service, there before anything is answered.

`serve` has seen to the database; uvicorn, daphne and others only import the application. That may
be in a running event loop, where Django's ORM refuses, and not all of them tell a start.
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
"""Whatever a serving process writes is for its owner alone."""


class Prepared(Preparation):
    """ASGI middleware: what comes first waits until this process owns the data, for the database's
    schema and for the service.
    """

    def __init__(self, application: Application) -> None:
        # Looked up at each call: tests put another in its place.
        super().__init__(application, lambda: prepare())  # noqa: PLW0108


async def prepare() -> None:
    """Refusal if another process owns the data or the database cannot be used. Cheap where it was
    done before.
    """
    os.umask(PRIVATE)
    await asyncio.to_thread(own_data)
    await asyncio.to_thread(ensure_schema)
    await begin()
