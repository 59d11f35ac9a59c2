"""`/conversations`: list, create, read, change, delete and restore."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chat.api.callers import actor_of_request, locale_of
from chat.api.replies import is_known, reply, unchanged, wanted_revision
from chat.api.schemas import FAILURES, ConversationChanges, Id, NewConversation, PageSize
from chat.current_service import current_service
from chat.library import conversations
from chat.store.conversations import ConversationPage, Shelf, StoredConversation
from chat.store.messages import Tree

router = Router(tags=["conversations"])


@router.get("", response={200: ConversationPage, **FAILURES})
async def list_conversations(
    request: HttpRequest, state: Shelf = "active", limit: PageSize = 50, cursor: str | None = None
) -> HttpResponse:
    """Pinned conversations first, then the newest; `cursor` is `next` of the page before."""
    return reply(request, await conversations.page(actor_of_request(request), state, limit, cursor))


@router.post("", response={201: StoredConversation, **FAILURES})
async def create_conversation(request: HttpRequest, body: NewConversation) -> HttpResponse:
    """Create a conversation without messages. Messages are sent over the socket."""
    changes = body.dict(exclude_defaults=True)
    made = await conversations.create(actor_of_request(request), changes, locale_of(request))
    return reply(request, made, str(made.revision), HTTPStatus.CREATED)


@router.get("/{conversation}", response={200: StoredConversation, **FAILURES})
async def get_conversation(request: HttpRequest, conversation: Id) -> HttpResponse:
    """The conversation without its messages; its ETag is its revision."""
    found = await conversations.find(actor_of_request(request), conversation)
    return reply(request, found, str(found.revision))


@router.patch("/{conversation}", response={200: StoredConversation, **FAILURES})
async def change_conversation(
    request: HttpRequest, conversation: Id, body: ConversationChanges
) -> HttpResponse:
    """Rename, pin, archive, choose a branch by its `leaf`, set prompt, persona or options."""
    found = await conversations.change(
        actor_of_request(request),
        conversation,
        body.dict(exclude_unset=True),
        wanted_revision(request),
        locale_of(request),
    )
    return reply(request, found, str(found.revision))


@router.delete("/{conversation}", response={200: StoredConversation, **FAILURES})
async def delete_conversation(request: HttpRequest, conversation: Id) -> HttpResponse:
    """Stop its answers and delete it; it can be restored until it is purged."""
    found = await conversations.delete(
        actor_of_request(request), current_service(), conversation, wanted_revision(request)
    )
    return reply(request, found, str(found.revision))


@router.post("/{conversation}/restore", response={200: StoredConversation, **FAILURES})
async def restore_conversation(request: HttpRequest, conversation: Id) -> HttpResponse:
    """Undo a deletion."""
    found = await conversations.restore(actor_of_request(request), conversation)
    return reply(request, found, str(found.revision))


@router.get("/{conversation}/messages", response={200: Tree, **FAILURES})
async def get_messages(request: HttpRequest, conversation: Id) -> HttpResponse:
    """All messages with all branches; the shown path ends at `leaf`."""
    actor = actor_of_request(request)
    if "If-None-Match" in request.headers:
        version = await conversations.version_of_tree(actor, conversation)
        if is_known(request, version):
            return unchanged(version)
    tree = await conversations.tree(actor, conversation, locale_of(request))
    return reply(request, tree, tree.version)
