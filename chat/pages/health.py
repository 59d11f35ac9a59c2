"""The health checks `/healthz` and `/readyz`, for systemd, Docker and proxies."""

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
    """200 while the event loop runs. Nothing else is checked, so that a busy disk or a loading
    model does not cause a restart.
    """
    return JsonResponse({"status": "ok"})


async def readyz(request: HttpRequest) -> HttpResponse:
    """200 once the database answers and the default model is ready; otherwise 503 with the state of
    both. `low` names resources that are running out, and `failing` the background tasks that failed
    several times in a row, if there are any.
    """
    found = await readiness(current_service())
    low = [shortage.value for shortage in await asyncio.to_thread(shortages)]
    body: dict[str, Any] = {"database": found.database, "model": found.model.value, "low": low}
    if tasks := failing():
        body["failing"] = tasks
    if found.is_ready:
        return JsonResponse({"status": "ready"} | body)
    return JsonResponse({"status": "not_ready"} | body, status=HTTPStatus.SERVICE_UNAVAILABLE)
