"""`/runs`: read an answer's state, poll its text, stop it."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from chat.api.callers import actor_of_request, locale_of
from chat.api.replies import reply
from chat.api.schemas import FAILURES, Id
from chat.current_service import current_service
from chat.library import answers
from chat.library.answers import Cursor
from chat.runs.text import RunText
from chat.store.messages import AnswerRun

router = Router(tags=["runs"])
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]
Seconds = Annotated[float, Field(ge=0, le=30)]


@router.get("/{run}", response={200: AnswerRun, **FAILURES})
async def get_run(request: HttpRequest, run: Id) -> HttpResponse:
    """The run as it was last saved; while it is running, `/text` has more."""
    return reply(request, await answers.state(actor_of_request(request), run, locale_of(request)))


@router.post("/{run}/stop", response={200: AnswerRun, **FAILURES})
async def stop_run(request: HttpRequest, run: Id) -> HttpResponse:
    """Stop the model. Ignored for a run that has ended."""
    return reply(
        request,
        await answers.stop(actor_of_request(request), current_service(), run, locale_of(request)),
    )


@router.get("/{run}/text", response={200: RunText, **FAILURES})
async def get_text(
    request: HttpRequest,
    run: Id,
    after: Number = 0,
    epoch: Number | None = None,
    wait: Seconds = 0,
) -> HttpResponse:
    """The text after event `after` of `epoch`. With `wait`, the response is sent as soon as there
    is more text, at most so many seconds later.
    """
    cursor = Cursor(after, epoch)
    actor = actor_of_request(request)
    return reply(request, await answers.text(actor, current_service(), run, cursor, wait))
