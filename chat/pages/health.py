"""`/healthz` and `/readyz`, for what watches a server: systemd, Docker, a proxy."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from chat.current_service import current_service
from chat.health.readiness import readiness
from chat.health.shortage import shortages
from chat.supervised import failing


async def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the event loop answers; nothing else is asked, so that a busy disk or a model
    that is loading gets no server restarted.
    """
    return JsonResponse({"status": "ok"})


async def readyz(request: HttpRequest) -> HttpResponse:
    """200 once the database takes questions and the default model answers; otherwise 503, with
    the state of both. `low` names what the computer is about to run out of, `failing` the
    background tasks that died several times in a row, where there are such.
    """
    found = await readiness(current_service())
    low = [shortage.value for shortage in await asyncio.to_thread(shortages)]
    body: dict[str, Any] = {"database": found.database, "model": found.model.value, "low": low}
    if tasks := failing():
        body["failing"] = tasks
    if found.is_ready:
        return JsonResponse({"status": "ready"} | body)
    return JsonResponse({"status": "not_ready"} | body, status=HTTPStatus.SERVICE_UNAVAILABLE)
