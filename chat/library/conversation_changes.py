"""Changes of a conversation, as columns."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from chat.actor import Actor
from chat.answer_options import check_together
from chat.library import personas
from chat.library.lines import line
from chat.store.conversations import now
from chat.text.storable import storable
from chat.wire.codec import refusal_of
from chat.wire.protocol import Options


class _Options(Struct, frozen=True):
    options: Options


_MOMENTS = {"pinned": "pinned_at", "archived": "archived_at"}


async def columns(actor: Actor, changes: dict[str, Any], locale: str) -> dict[str, Any]:
    """The changes as columns."""
    fields: dict[str, Any] = {}
    for name, value in changes.items():
        match name:
            case "title":
                fields |= {"title": line(value, "title"), "is_renamed": True}
            case "system_prompt":
                fields = {"persona": ""} | fields | {"system_prompt": storable(value)}
            case "persona":
                fields |= await _persona(actor, value, locale)
            case "pinned" | "archived":
                fields[_MOMENTS[name]] = now() if value else None
            case "options":
                fields["options"] = _options(value)
            case "leaf":
                fields["leaf_id"] = value
    return fields


async def _persona(actor: Actor, persona: str, locale: str) -> dict[str, str]:
    if not persona:
        return {"persona": "", "system_prompt": ""}
    found = await personas.find(actor, persona, locale)
    return {"persona": persona, "system_prompt": found.prompt}


def _options(options: dict[str, Any]) -> dict[str, Any]:
    """The options that the protocol defines, in the form of a `send` frame."""
    try:
        found = msgspec.convert({"options": options}, _Options)
    except msgspec.ValidationError as error:
        raise refusal_of(str(error)) from None
    check_together(found.options)
    known: dict[str, Any] = msgspec.to_builtins(found.options)
    return known
