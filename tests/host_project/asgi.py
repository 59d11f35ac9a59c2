"""The project's ASGI application, with the chat in it."""

from __future__ import annotations

from django.core.asgi import get_asgi_application

from chat.mounting import mount

application = mount(get_asgi_application())
