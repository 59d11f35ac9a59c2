"""Conversations as their owner keeps them: found, listed a page at a time, changed, purged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from chat.actor import REMOVED
from chat.errors import ChatError, ErrorCode
from chat.models import Conversation, Run
from chat.store.branches import path_end
from chat.store.cursors import decode, encode
from chat.store.removal import mark_conversations
from chat.store.revisions import Revision, tell

Shelf = Literal["active", "archived", "deleted"]

_COLUMNS = (
    "id",
    "title",
    "revision",
    "system_prompt",
    "persona",
    "options",
    "leaf_id",
    "pinned_at",
    "archived_at",
    "deleted_at",
    "created_at",
    "updated_at",
)


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """A conversation without its messages. `leaf` is the message its owner saw last."""

    id: str
    title: str
    revision: int
    system_prompt: str
    persona: str
    options: dict[str, Any]
    leaf: str | None
    pinned_at: datetime | None
    archived_at: datetime | None
    deleted_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """Some conversations in their order; `next` is the cursor to those after them."""

    conversations: list[StoredConversation]
    next: str | None


def find_conversation(owner: str, conversation: str) -> StoredConversation:
    """Raises `ChatError` with `unknown_conversation`. One that was deleted is found, too."""
    row = _of(owner).filter(pk=conversation).values_list(*_COLUMNS).first()
    if row is None:
        raise ChatError(ErrorCode.UNKNOWN_CONVERSATION)
    return StoredConversation(*row)


def list_conversations(
    owner: str, shelf: Shelf, limit: int, after: str | None = None
) -> ConversationPage:
    """The pinned ones first, the rest by when something was said in them, the newest first.

    Raises `ChatError` with `bad_field` for a cursor that was not given out.
    """
    found = _of(owner).filter(_on(shelf)).order_by(*_ORDER[shelf])
    if after is not None:
        found = found.filter(_behind(shelf, after))
    rows = [StoredConversation(*row) for row in found.values_list(*_COLUMNS)[: limit + 1]]
    more = len(rows) > limit
    return ConversationPage(rows[:limit], _cursor(shelf, rows[limit - 1]) if more else None)


def create_conversation(owner: str, fields: Mapping[str, Any]) -> StoredConversation:
    """A conversation without messages."""
    made = Conversation.objects.create(owner=owner, **fields)
    tell(Revision(owner, made.id, made.revision))
    return find_conversation(owner, made.id)


def change_conversation(
    owner: str, conversation: str, fields: Mapping[str, Any], revision: int | None = None
) -> StoredConversation:
    """Set columns and raise the revision; its place in the list stays.

    Raises `ChatError`: `unknown_conversation`, `unknown_message` for a `leaf_id` of another
    conversation, or `changed_meanwhile` when `revision` is given and no longer the newest.
    """
    with transaction.atomic():
        found = _of(owner).select_for_update().filter(pk=conversation).first()
        if found is None:
            raise ChatError(ErrorCode.UNKNOWN_CONVERSATION)
        if revision not in (None, found.revision):
            raise ChatError(ErrorCode.CHANGED_MEANWHILE, revision=found.revision)
        columns = {**fields, **_leaf(found, fields)}
        _of(owner).filter(pk=conversation).update(**columns, revision=F("revision") + 1)
        tell(Revision(owner, conversation, found.revision + 1))
        return find_conversation(owner, conversation)


def discard_conversations(deleted_before: datetime) -> int:
    """Mark a bounded part of those deleted before for `chat.store.removal`; nobody finds them any
    more. Returns how many, 0 once there are none.
    """
    old = Conversation.objects.filter(deleted_at__lt=deleted_before)
    return mark_conversations(old.exclude(owner=REMOVED))


def unended_runs(conversation: str) -> list[str]:
    """Its runs that wait, then the one that works: stopped in this order, none begins."""
    unended = Run.objects.filter(
        message__conversation=conversation, status__in=(Run.Status.WAITING, Run.Status.RUNNING)
    )
    return list(unended.order_by("-status").values_list("id", flat=True))


def now() -> datetime:
    """The time as the database keeps it."""
    return timezone.now()


_ORDER: dict[Shelf, tuple[Any, ...]] = {
    "active": (F("pinned_at").desc(nulls_last=True), "-updated_at", "-id"),
    "archived": ("-archived_at", "-id"),
    "deleted": ("-deleted_at", "-id"),
}


def _of(owner: str) -> QuerySet[Conversation]:
    return Conversation.objects.filter(owner=owner)


def _on(shelf: Shelf) -> Q:
    match shelf:
        case "active":
            return Q(deleted_at=None, archived_at=None)
        case "archived":
            return Q(deleted_at=None, archived_at__isnull=False)
        case "deleted":
            return Q(deleted_at__isnull=False)


def _cursor(shelf: Shelf, last: StoredConversation) -> str:
    match shelf:
        case "active":
            return encode(last.pinned_at, last.updated_at, last.id)
        case "archived":
            return encode(last.archived_at, last.id)
        case "deleted":
            return encode(last.deleted_at, last.id)


def _behind(shelf: Shelf, after: str) -> Q:
    if shelf == "active":
        pinned, updated, last = decode(after, 3)
        older = _before("updated_at", updated, last)
        if pinned is None:
            return Q(pinned_at=None) & older
        return Q(pinned_at=None) | Q(pinned_at__lt=pinned) | Q(pinned_at=pinned) & older
    moment, last = decode(after, 2)
    return _before(f"{shelf}_at", moment, last)


def _before(column: str, moment: datetime | str | None, last: datetime | str | None) -> Q:
    return Q(**{f"{column}__lt": moment}) | Q(**{column: moment, "id__lt": last})


def _leaf(found: Conversation, fields: Mapping[str, Any]) -> dict[str, str | None]:
    """Whoever chooses a branch by any message of it sees the branch to its end."""
    if fields.get("leaf_id") is None:
        return {}
    rows = list(found.messages.order_by("created_at", "id").values_list("parent_id", "id"))
    if fields["leaf_id"] not in (key for _, key in rows):
        raise ChatError(ErrorCode.UNKNOWN_MESSAGE)
    return {"leaf_id": path_end(fields["leaf_id"], rows)}
