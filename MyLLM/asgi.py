"""The ASGI application: one gate in front of HTTP and WebSocket alike, then who calls."""

from __future__ import annotations

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "MyLLM.settings")
# Django must be set up before anything of the chat application is imported.
_http = get_asgi_application()

from chat.access.door import Door  # noqa: E402
from chat.access.gate import Gate  # noqa: E402
from chat.lifespan import lifespan  # noqa: E402
from chat.middleware.body_limit import BodyLimit  # noqa: E402
from chat.routing import websocket  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": Gate(Door(BodyLimit(_http))),
        "websocket": Gate(websocket),
        "lifespan": lifespan,
    }
)
