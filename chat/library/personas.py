"""The use cases of personas: the supplied ones and the owner's own."""

from __future__ import annotations

from typing import Any

from chat.actor import Actor
from chat.library.lines import line
from chat.library.preset_personas import SUPPLIED
from chat.store import in_database
from chat.store.personas import (
    StoredPersona,
    change_persona,
    create_persona,
    delete_persona,
    find_persona,
    list_personas,
)
from chat.text.storable import storable


async def offered(actor: Actor, locale: str) -> tuple[list[StoredPersona], list[StoredPersona]]:
    """The supplied ones in the language of `locale`, and the owner's own."""
    supplied = [_supplied(persona, locale) for persona in SUPPLIED]
    return supplied, await in_database(list_personas, actor.owner)


async def make(actor: Actor, name: str, prompt: str, old_id: str = "") -> StoredPersona:
    """Create a persona; `old_id` is its id before it was deleted."""
    words = (line(name, "name"), storable(prompt))
    return await in_database(create_persona, actor.owner, *words, old_id)


async def edit(actor: Actor, persona: str, changes: dict[str, Any]) -> StoredPersona:
    """Set its `name` or `prompt`. Supplied personas cannot be edited."""
    texts = {column: storable(text) for column, text in changes.items()}
    if "name" in texts:
        texts["name"] = line(changes["name"], "name")
    return await in_database(change_persona, actor.owner, persona, texts)


async def remove(actor: Actor, persona: str) -> None:
    """Delete a persona. Conversations keep its prompt."""
    await in_database(delete_persona, actor.owner, persona)


async def find(actor: Actor, persona: str, locale: str) -> StoredPersona:
    """A supplied persona, in the language of `locale`, or one of the owner's own."""
    if persona in SUPPLIED:
        return _supplied(persona, locale)
    return await in_database(find_persona, actor.owner, persona)


def _supplied(persona: str, locale: str) -> StoredPersona:
    words = SUPPLIED[persona].words(locale)
    return StoredPersona(persona, words.name, words.prompt)
