"""The configuration of a server that answers every request with one page."""

from __future__ import annotations

from collections.abc import Sequence

import uvicorn

from chat.network.asgi import Application
from hosting.web.bounded import BoundedHttp


def one_page_config(
    application: Application, proxies: Sequence[str] | None = None
) -> uvicorn.Config:
    """Plain http without WebSockets, and without log entries of requests. The client addresses that
    `proxies` forward are trusted; None keeps uvicorn's default.
    """
    return uvicorn.Config(
        application,
        http=BoundedHttp,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        forwarded_allow_ips=None if proxies is None else list(proxies),
        timeout_graceful_shutdown=1,
    )
