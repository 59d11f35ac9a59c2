"""What happens when the server starts and ends, as ASGI's lifespan protocol tells it."""

from __future__ import annotations

from chat.library.removal import remover
from chat.network.asgi import Receive, Scope, Send
from chat.service import get_service


async def begin() -> None:
    """Go on with what was left, removals too, and load the model, for servers that tell no start.
    Idempotent.
    """
    await get_service().start()
    remover.wake()


async def lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    """Load the model while the server already answers; at the end keep what was written."""
    service = get_service()
    await receive()
    await service.start()
    remover.wake()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await remover.close()
    await service.close()
    await send({"type": "lifespan.shutdown.complete"})
