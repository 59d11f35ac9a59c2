"""`/personas`: the supplied personas and the caller's own."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.api.callers import actor_of_request, locale_of
from chat.api.replies import reply, unkept
from chat.api.schemas import FAILURES, Id, NewPersona, PersonaChanges
from chat.library import personas
from chat.store.personas import StoredPersona

router = Router(tags=["personas"])


@dataclass(frozen=True, slots=True)
class Personas:
    """`supplied` ones cannot be changed, and are in the caller's language."""

    supplied: list[StoredPersona]
    own: list[StoredPersona]


@router.get("", response={200: Personas, **FAILURES})
async def list_personas(request: HttpRequest) -> HttpResponse:
    """All personas, in one page."""
    supplied, own = await personas.offered(actor_of_request(request), locale_of(request))
    return reply(request, Personas(supplied, own))


@router.post("", response={201: StoredPersona, **FAILURES})
async def create_persona(request: HttpRequest, body: NewPersona) -> HttpResponse:
    """Create a persona, or restore a deleted one by its old `id`."""
    made = await personas.make(actor_of_request(request), body.name, body.prompt, body.id)
    return reply(request, made, status=HTTPStatus.CREATED)


@router.patch("/{persona}", response={200: StoredPersona, **FAILURES})
async def change_persona(request: HttpRequest, persona: Id, body: PersonaChanges) -> HttpResponse:
    """Change a persona. Conversations keep the prompt they have."""
    changes = body.dict(exclude_unset=True)
    return reply(request, await personas.edit(actor_of_request(request), persona, changes))


@router.delete("/{persona}", response={204: None, **FAILURES})
async def delete_persona(request: HttpRequest, persona: Id) -> HttpResponse:
    """Delete a persona. Conversations keep its prompt."""
    await personas.remove(actor_of_request(request), persona)
    return unkept(HttpResponse(status=HTTPStatus.NO_CONTENT))
