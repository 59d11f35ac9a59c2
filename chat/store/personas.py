"""Queries of the personas that an owner created."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from chat.errors import ChatError, ErrorCode
from chat.models import Persona


@dataclass(frozen=True, slots=True)
class StoredPersona:
    """A system prompt with a name."""

    id: str
    name: str
    prompt: str


def list_personas(owner: str) -> list[StoredPersona]:
    """The owner's personas, the oldest first."""
    rows = _of(owner).order_by("created_at", "id").values_list("id", "name", "prompt")
    return [StoredPersona(*row) for row in rows]


def find_persona(owner: str, persona: str) -> StoredPersona:
    """Raises `ChatError` with `unknown_persona`."""
    row = _of(owner).filter(pk=persona).values_list("id", "name", "prompt").first()
    if row is None:
        raise ChatError(ErrorCode.UNKNOWN_PERSONA)
    return StoredPersona(*row)


def create_persona(owner: str, name: str, prompt: str, old_id: str = "") -> StoredPersona:
    """Create a persona; `old_id` is its id before it was deleted, used again if it is free."""
    is_free = old_id != "" and not Persona.objects.filter(pk=old_id).exists()
    named = {"id": old_id} if is_free else {}
    made = Persona.objects.create(owner=owner, name=name, prompt=prompt, **named)
    return StoredPersona(made.id, made.name, made.prompt)


def change_persona(owner: str, persona: str, fields: Mapping[str, Any]) -> StoredPersona:
    """Set fields. Conversations keep the prompt that they were created with."""
    if fields:
        _of(owner).filter(pk=persona).update(**fields)
    return find_persona(owner, persona)


def delete_persona(owner: str, persona: str) -> None:
    """Raises `ChatError` with `unknown_persona`."""
    deleted, _ = _of(owner).filter(pk=persona).delete()
    if not deleted:
        raise ChatError(ErrorCode.UNKNOWN_PERSONA)


def _of(owner: str) -> QuerySet[Persona]:
    return Persona.objects.filter(owner=owner)
