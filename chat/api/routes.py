"""The API as a whole: its routers, its failures, and its page."""

from __future__ import annotations

from ninja import NinjaAPI

from chat.api import (
    connection,
    conversations,
    devices,
    extras,
    members,
    models,
    pair,
    pairing_requests,
    personas,
    providers,
    runs,
    search,
    transfer,
)
from chat.api.callers import using
from chat.api.documentation import Documentation
from chat.api.failures import handle_failures
from chat.api.parser import StorableParser
from chat.version import VERSION

api = NinjaAPI(
    title="MyLLM",
    version=VERSION,
    auth=using,
    urls_namespace="api-v1",
    description="Conversations, personas, search and runs. Failures are `{code, message, "
    "retryable}`, the message in the language of `Accept-Language`. GETs carry an `ETag` and "
    "answer `If-None-Match`; changes of a conversation may insist on a revision by `If-Match`.",
    parser=StorableParser(),
    docs=Documentation({"validatorUrl": None}),  # by default it calls a server of Swagger
)
api.add_router("/conversations", conversations.router)
api.add_router("/personas", personas.router)
api.add_router("/models", models.router)
api.add_router("/providers", providers.router)
api.add_router("/extras", extras.router)
api.add_router("/connection", connection.router)
api.add_router("/runs", runs.router)
api.add_router("/search", search.router)
api.add_router("/pair", pair.router)
api.add_router("/devices/requests", pairing_requests.router)
api.add_router("/devices", devices.router)
api.add_router("", members.router)
api.add_router("", transfer.router)
handle_failures(api)
