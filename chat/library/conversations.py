"""The use cases of conversations, except for answers."""

from __future__ import annotations

from typing import Any

from chat.actor import Actor
from chat.library.conversation_changes import columns
from chat.library.trees import read_tree
from chat.service import ChatService
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


async def page(actor: Actor, shelf: Shelf, limit: int, after: str | None) -> ConversationPage:
    """A page of the owner's list."""
    return await in_database(list_conversations, actor.owner, shelf, limit, after)


async def find(actor: Actor, conversation: str) -> StoredConversation:
    """One conversation, without its messages."""
    return await in_database(find_conversation, actor.owner, conversation)


async def tree(actor: Actor, conversation: str, locale: str) -> Tree:
    """All messages of a conversation, with errors in the language of `locale`."""
    return await read_tree(actor, conversation, locale)


async def version_of_tree(actor: Actor, conversation: str) -> str:
    """The value of `tree(…).version`, with far less work."""
    return await in_database(tree_version, actor.owner, conversation)


async def search(actor: Actor, query: str, limit: int, after: str | None) -> HitPage:
    """A page of hits that have all words of the query."""
    return await in_database(search_texts, actor.owner, query, limit, after)


async def create(actor: Actor, changes: dict[str, Any], locale: str) -> StoredConversation:
    """A new conversation without messages; for `changes` see `change`."""
    fields = await columns(actor, changes, locale)
    return await in_database(create_conversation, actor.owner, fields)


async def change(
    actor: Actor, conversation: str, changes: dict[str, Any], revision: int | None, locale: str
) -> StoredConversation:
    """Set what `changes` names: title, system_prompt, persona, options, pinned, archived, leaf.

    A persona sets its prompt; setting another prompt removes the persona.
    """
    fields = await columns(actor, changes, locale)
    return await in_database(change_conversation, actor.owner, conversation, fields, revision)


async def delete(
    actor: Actor, service: ChatService, conversation: str, revision: int | None
) -> StoredConversation:
    """Delete it until it is restored or purged, and stop its runs."""
    deleted = {"deleted_at": now()}
    found = await in_database(change_conversation, actor.owner, conversation, deleted, revision)
    for run in await in_database(unended_runs, conversation):
        await service.stop(actor, run)
    return found


async def restore(actor: Actor, conversation: str) -> StoredConversation:
    """Restore a deleted conversation to its position in the list."""
    return await in_database(change_conversation, actor.owner, conversation, {"deleted_at": None})
