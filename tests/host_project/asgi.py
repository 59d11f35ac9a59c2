"""The project's ASGI application, with the chat in it."""

from __future__ import annotations

from django.core.asgi import get_asgi_application

_django = get_asgi_application()

from chat.mounting import embed  # noqa: E402 – Django has to be set up before

application = embed(_django)
