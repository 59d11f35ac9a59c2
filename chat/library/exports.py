"""Exports conversations to files."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import msgspec

from chat.actor import Actor
from chat.errors import ChatError, ErrorCode
from chat.library.trees import read_tree
from chat.store import in_database
from chat.store.conversations import find_conversation
from chat.store.transfer import exportable, portable
from chat.transfer import markdown
from chat.transfer.portable import FORMAT, VERSION, PortableConversation


async def export_json(actor: Actor, wanted: str | None = None) -> AsyncIterator[bytes]:
    """All conversations, or one, in the format of `chat.transfer.portable`, one at a time.

    Raises `unknown_conversation` at once for a `wanted` that is not the owner's.
    """
    keys = await _exported(actor, wanted)

    async def pieces() -> AsyncIterator[bytes]:
        between = f'{{"format":"{FORMAT}","version":{VERSION},"conversations":['.encode()
        async for found in _each(actor, keys):
            yield between + msgspec.json.encode(found)
            between = b","
        yield (b"" if between == b"," else between) + b"]}"

    return pieces()


async def export_markdown(
    actor: Actor, locale: str, wanted: str | None = None
) -> AsyncIterator[bytes]:
    """The shown paths of all conversations, or of one, as one text."""
    keys = await _exported(actor, wanted)

    async def pieces() -> AsyncIterator[bytes]:
        between = ""
        async for found in _each(actor, keys):
            yield (between + markdown.render(found, locale)).encode()
            between = "\n---\n\n"

    return pieces()


async def _exported(actor: Actor, wanted: str | None) -> list[str]:
    if wanted is None:
        return await in_database(exportable, actor.owner)
    return [(await in_database(find_conversation, actor.owner, wanted)).id]


async def _each(actor: Actor, keys: Sequence[str]) -> AsyncIterator[PortableConversation]:
    """Read one at a time, so that the database serves other calls in between."""
    for key in keys:
        try:
            yield portable(await read_tree(actor, key))
        except ChatError as error:
            if error.code is not ErrorCode.UNKNOWN_CONVERSATION:  # purged meanwhile
                raise
