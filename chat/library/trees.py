"""Reads whole conversations of any length from the database."""

from __future__ import annotations

import asyncio
from typing import Any

from chat.actor import Actor
from chat.store import in_database
from chat.store.conversations import find_conversation
from chat.store.message_rows import Moment, message_rows
from chat.store.messages import Tree, tree_of


async def read_tree(actor: Actor, conversation: str, locale: str = "") -> Tree:
    """All messages of a conversation, with errors in the language of `locale`. The database serves
    other calls between two pages. Raises `ChatError` with `unknown_conversation`.
    """
    found = await in_database(find_conversation, actor.owner, conversation)
    rows: list[tuple[Any, ...]] = []
    after: Moment | None = None
    while True:
        page = await in_database(message_rows, conversation, after)
        rows += page.rows
        if page.next is None:
            break
        after = page.next
    return await asyncio.to_thread(tree_of, found, rows, locale)
