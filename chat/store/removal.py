"""Deletes what was marked for removal, in bounded transactions.

Marking is cheap and takes effect at once: a member whose `expires_at` has passed cannot
authenticate, and a conversation of the owner `REMOVED` is in no list. Their rows are deleted
later. Marks stay until then, so a removal that was interrupted continues with the next call.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from chat.actor import OWNER, REMOVED
from chat.models import Conversation, Member, Message, Persona
from chat.store.batches import BATCH_CHARACTERS, BATCH_ROWS

_MARKED_AT_ONCE = 500
"""The number of rows of which one short column is changed, or which have no long text."""


def mark_conversations(found: QuerySet[Conversation]) -> int:
    """Mark a bounded number of these for removal. Returns how many."""
    keys = list(found.values_list("id", flat=True)[:_MARKED_AT_ONCE])
    Conversation.objects.filter(id__in=keys).update(owner=REMOVED, leaf=None)
    return len(keys)


def expired_members() -> list[str]:
    """The ids of expired members who are not removed yet."""
    return list(_expired().values_list("id", flat=True))


def remove_some() -> bool:
    """Delete at most `BATCH_ROWS` messages or `_MARKED_AT_ONCE` short rows in one transaction.

    False once nothing marked is left.
    """
    with transaction.atomic():
        member = _expired().values_list("id", flat=True).first()
        if member is not None:
            _remove_some_of(member)
            return True
        removed = Conversation.objects.filter(owner=REMOVED).values_list("id", flat=True).first()
        if removed is not None:
            _remove_rows(removed)
        return removed is not None


def _expired() -> QuerySet[Member]:
    return Member.objects.filter(expires_at__lte=timezone.now()).exclude(pk=OWNER)


def _remove_some_of(member: str) -> None:
    """Delete the member's row last, so that the removal can be continued."""
    personas = Persona.objects.filter(owner=member).values_list("id", flat=True)
    keys = list(personas[:_MARKED_AT_ONCE])
    Persona.objects.filter(id__in=keys).delete()
    if not keys and not mark_conversations(Conversation.objects.filter(owner=member)):
        Member.objects.filter(pk=member).delete()


def _remove_rows(conversation: str) -> None:
    """Delete some of its messages, the newest first, and the conversation with the last ones."""
    keys = _newest(conversation)
    if not keys:
        Conversation.objects.filter(pk=conversation).delete()
    elif not _detach_replies(keys):
        Message.objects.filter(id__in=keys).only("id").delete()


def _newest(conversation: str) -> list[str]:
    """As many as may be deleted at once; the search index reads each text again."""
    newest = Message.objects.filter(conversation=conversation).order_by("-created_at", "-id")
    sizes = newest.annotate(size=Length("content") + Length("reasoning"))
    keys: list[str] = []
    characters = 0
    for key, size in sizes.values_list("id", "size")[:BATCH_ROWS]:
        characters += size
        if keys and characters > BATCH_CHARACTERS:
            break
        keys.append(key)
    return keys


def _detach_replies(keys: Sequence[str]) -> bool:
    """Detach replies outside of `keys`, which would be deleted by cascade, in unbounded number;
    whether there were any. Replies are newer and deleted before, unless the clock was set back.
    """
    replies = Message.objects.filter(parent__in=keys).exclude(id__in=keys)
    found = list(replies.values_list("id", flat=True)[:_MARKED_AT_ONCE])
    Message.objects.filter(id__in=found).update(parent=None)
    return bool(found)
