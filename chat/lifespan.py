"""What happens when the server starts and ends, as ASGI's lifespan protocol tells it."""

from __future__ import annotations

from chat.current_service import current_service
from chat.network.asgi import Receive, Scope, Send


async def begin() -> None:
    """Go on with what was left, removals too, and load the model, for servers that tell no start.
    Idempotent.
    """
    service = current_service()
    await service.start()
    service.remover.wake()


async def lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    """Load the model while the server already answers; at the end keep what was written."""
    await receive()
    await begin()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await current_service().close()
    await send({"type": "lifespan.shutdown.complete"})
