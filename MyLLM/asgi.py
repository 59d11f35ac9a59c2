"""The ASGI application: the host check for HTTP and WebSockets alike, then authentication."""

from __future__ import annotations

import os
import sys

from MyLLM.bootstrap.installed import lacks

if missing := lacks(sys.argv):  # before the first import of an installed package
    sys.exit(missing)

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application
from django.core.exceptions import ImproperlyConfigured

from chat.terminal.refusal import Refusal
from MyLLM.places import check_data_folder, places

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "MyLLM.settings")
try:
    check_data_folder(places(os.environ))
    # Django must be set up before the chat application is imported.
    _http = get_asgi_application()
    if "daphne.cli" in sys.modules:
        # daphne has no lifespan events, and closes a socket that waits for over five seconds.
        from chat.ownership.own_data import own_data
        from hosting.schema import ensure_schema

        own_data()
        ensure_schema()
except (Refusal, ImproperlyConfigured) as error:
    # The importing server cannot start: it ends with a sentence.
    sys.exit(str(error))

from chat.access.authentication import Authentication
from chat.access.host_check import HostCheck
from chat.lifespan import lifespan
from chat.middleware.body_limit import BodyLimit
from chat.socket.routing import websocket_router
from MyLLM.prepared import Prepared

application = Prepared(
    ProtocolTypeRouter(
        {
            "http": HostCheck(Authentication(BodyLimit(_http))),
            "websocket": HostCheck(websocket_router()),
            "lifespan": lifespan,
        }
    )
)
