"""The use cases of conversations, except for answers."""

from __future__ import annotations

from typing import Any

from chat.library.conversation_changes import columns
from chat.library.trees import read_tree
from chat.service import get_service
from chat.store import in_database
from chat.store.conversations import (
    ConversationPage,
    Shelf,
    StoredConversation,
    change_conversation,
    create_conversation,
    find_conversation,
    list_conversations,
    now,
    unended_runs,
)
from chat.store.messages import Tree, tree_version
from chat.store.search import HitPage
from chat.store.search import search as search_texts


async def page(owner: str, shelf: Shelf, limit: int, after: str | None) -> ConversationPage:
    """A page of the owner's list."""
    return await in_database(list_conversations, owner, shelf, limit, after)


async def find(owner: str, conversation: str) -> StoredConversation:
    """One conversation, without its messages."""
    return await in_database(find_conversation, owner, conversation)


async def tree(owner: str, conversation: str, locale: str) -> Tree:
    """All messages of a conversation, with errors in the language of `locale`."""
    return await read_tree(owner, conversation, locale)


async def version_of_tree(owner: str, conversation: str) -> str:
    """The value of `tree(…).version`, with far less work."""
    return await in_database(tree_version, owner, conversation)


async def search(owner: str, query: str, limit: int, after: str | None) -> HitPage:
    """A page of hits that have all words of the query."""
    return await in_database(search_texts, owner, query, limit, after)


async def create(owner: str, changes: dict[str, Any], locale: str) -> StoredConversation:
    """A new conversation without messages; for `changes` see `change`."""
    fields = await columns(owner, changes, locale)
    return await in_database(create_conversation, owner, fields)


async def change(
    owner: str, conversation: str, changes: dict[str, Any], revision: int | None, locale: str
) -> StoredConversation:
    """Set what `changes` names: title, system_prompt, persona, options, pinned, archived, leaf.

    A persona sets its prompt; setting another prompt removes the persona.
    """
    fields = await columns(owner, changes, locale)
    return await in_database(change_conversation, owner, conversation, fields, revision)


async def delete(owner: str, conversation: str, revision: int | None) -> StoredConversation:
    """Delete it until it is restored or purged, and stop its runs."""
    deleted = {"deleted_at": now()}
    found = await in_database(change_conversation, owner, conversation, deleted, revision)
    for run in await in_database(unended_runs, conversation):
        await get_service().stop(run)
    return found


async def restore(owner: str, conversation: str) -> StoredConversation:
    """Restore a deleted conversation to its position in the list."""
    return await in_database(change_conversation, owner, conversation, {"deleted_at": None})
