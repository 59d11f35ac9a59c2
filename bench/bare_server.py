"""The limit: an ASGI application that sends the same frames and does nothing else.

It runs on the product's own uvicorn with the product's settings. A `send` is answered with
`stream` frames of the same shape as the clock model's, without log, store or channels.
"""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from django.conf import settings

from bench.clock_server import PER_SECOND
from chat.network.asgi import Receive, Scope, Send
from tests.live.serve_without_page import serve

COMMAND = ("-m", "bench.bare_server")
_RUN = "AAAAAAAAAAAAAAAAAAAAAA"


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers HTTP with 200, and a socket's first frame with ticks."""
    match scope["type"]:
        case "lifespan":
            await _live(receive, send)
        case "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        case "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            await _tick(msgspec.json.decode((await receive())["text"]), receive, send)


async def _live(receive: Receive, send: Send) -> None:
    for phase in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{phase}.complete"})


async def _tick(asked: dict[str, Any], receive: Receive, send: Send) -> None:
    """Until the next frame comes, which is `stop`, or the disconnect."""
    ticking = asyncio.create_task(_ticks(asked, send))
    await send({"type": "websocket.send", "text": f'{{"type":"accepted","run":"{_RUN}"}}'})
    await receive()
    ticking.cancel()
    await asyncio.wait({ticking})


async def _ticks(asked: dict[str, Any], send: Send) -> None:
    now = asyncio.get_running_loop().time
    began = float(asked["content"])
    for tick in range(1, asked["options"]["max_new_tokens"] + 1):
        due = began + tick / PER_SECOND
        if due > now():
            await asyncio.sleep(due - now())
        text = (
            f'{{"type":"stream","run":"{_RUN}","seq":{tick},'
            f'"channel":"answer","content":"{due:.6f} "}}'
        )
        await send({"type": "websocket.send", "text": text})


if __name__ == "__main__":
    settings.ASGI_APPLICATION = "bench.bare_server.application"
    serve()
