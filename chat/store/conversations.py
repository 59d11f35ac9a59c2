"""Queries of conversations: find, list a page at a time, change, purge."""

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
from chat.store.revisions import Revision, announce

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
    """A conversation without its messages. `leaf` is the last message of the shown path."""

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
    """A page of conversations; `next` is the cursor of the next page."""

    conversations: list[StoredConversation]
    next: str | None


def find_conversation(owner: str, conversation: str) -> StoredConversation:
    """The conversation, also if it was deleted. Raises `ChatError` with `unknown_conversation`."""
    row = _of(owner).filter(pk=conversation).values_list(*_COLUMNS).first()
    if row is None:
        raise ChatError(ErrorCode.UNKNOWN_CONVERSATION)
    return StoredConversation(*row)


def list_conversations(
    owner: str, shelf: Shelf, limit: int, after: str | None = None
) -> ConversationPage:
    """Pinned conversations first, the rest by their newest message, the newest first.

    Raises `ChatError` with `bad_field` for an invalid cursor.
    """
    found = _of(owner).filter(_on(shelf)).order_by(*_ORDER[shelf])
    if after is not None:
        found = found.filter(_behind(shelf, after))
    rows = [StoredConversation(*row) for row in found.values_list(*_COLUMNS)[: limit + 1]]
    more = len(rows) > limit
    return ConversationPage(rows[:limit], _cursor(shelf, rows[limit - 1]) if more else None)


def create_conversation(owner: str, fields: Mapping[str, Any]) -> StoredConversation:
    """Create a conversation without messages."""
    made = Conversation.objects.create(owner=owner, **fields)
    announce(Revision(owner, made.id, made.revision))
    return find_conversation(owner, made.id)


def change_conversation(
    owner: str, conversation: str, fields: Mapping[str, Any], revision: int | None = None
) -> StoredConversation:
    """Set columns and increment the revision; its position in the list stays.

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
        announce(Revision(owner, conversation, found.revision + 1))
        return find_conversation(owner, conversation)


def discard_conversations(deleted_before: datetime) -> int:
    """Mark a bounded number of those deleted before for `chat.store.removal`; they cannot be found
    any more. Returns how many; 0 if there are none left.
    """
    old = Conversation.objects.filter(deleted_at__lt=deleted_before)
    return mark_conversations(old.exclude(owner=REMOVED))


def unended_runs(conversation: str) -> list[str]:
    """The ids of its waiting runs, then the running one: stopped in this order, none begins."""
    unended = Run.objects.filter(
        message__conversation=conversation, status__in=(Run.Status.WAITING, Run.Status.RUNNING)
    )
    return list(unended.order_by("-status").values_list("id", flat=True))


def now() -> datetime:
    """The current time, for the database."""
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
    """The leaf of the branch that the chosen message is in."""
    if fields.get("leaf_id") is None:
        return {}
    rows = list(found.messages.order_by("created_at", "id").values_list("parent_id", "id"))
    if fields["leaf_id"] not in (key for _, key in rows):
        raise ChatError(ErrorCode.UNKNOWN_MESSAGE)
    return {"leaf_id": path_end(fields["leaf_id"], rows)}
