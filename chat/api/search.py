"""`/search`: search in titles and texts."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from chat.api.callers import actor_of_request
from chat.api.replies import reply
from chat.api.schemas import FAILURES, PageSize
from chat.library import conversations
from chat.store.search import HitPage

router = Router(tags=["search"])
Words = Annotated[str, Field(max_length=500)]


@router.get("", response={200: HitPage, **FAILURES})
async def search(
    request: HttpRequest, q: Words, limit: PageSize = 20, cursor: str | None = None
) -> HttpResponse:
    """Texts that have all words, the newest first; titles are on the first page."""
    return reply(request, await conversations.search(actor_of_request(request), q, limit, cursor))
