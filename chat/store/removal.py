"""Removing for good, a bounded transaction at a time, whatever was marked for it.

Marking is cheap and takes effect at once: a member whose `expires_at` has passed is nobody's
caller any more, and a conversation that belongs to `REMOVED` is in nobody's list. Their rows go
afterwards. What a killed process left half removed still bears its mark, so the next call goes on.
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
"""Rows of which one short column changes, or that hold no long text."""


def mark_conversations(found: QuerySet[Conversation]) -> int:
    """Take a bounded part of these from their owners. Returns how many they were."""
    keys = list(found.values_list("id", flat=True)[:_MARKED_AT_ONCE])
    Conversation.objects.filter(id__in=keys).update(owner=REMOVED, leaf=None)
    return len(keys)


def expired_members() -> list[str]:
    """The members whose time is over and who are not removed yet."""
    return list(_expired().values_list("id", flat=True))


def remove_some() -> bool:
    """One transaction of at most `BATCH_ROWS` messages, or of `_MARKED_AT_ONCE` short rows.

    False once nothing is left that is marked.
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
    """The member's own row last, so that it is found again until then."""
    personas = Persona.objects.filter(owner=member).values_list("id", flat=True)
    keys = list(personas[:_MARKED_AT_ONCE])
    Persona.objects.filter(id__in=keys).delete()
    if not keys and not mark_conversations(Conversation.objects.filter(owner=member)):
        Member.objects.filter(pk=member).delete()


def _remove_rows(conversation: str) -> None:
    """Some of its messages, the newest first; with the last of them the conversation itself."""
    keys = _newest(conversation)
    if not keys:
        Conversation.objects.filter(pk=conversation).delete()
    elif not _detach_replies(keys):
        Message.objects.filter(id__in=keys).only("id").delete()


def _newest(conversation: str) -> list[str]:
    """As many as may be deleted at once: the search index reads every text again."""
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
    """Whether there were replies outside of `keys`, which deleting would take along, however many
    they are. Replies are newer and thus gone before, unless the computer's clock was set back.
    """
    replies = Message.objects.filter(parent__in=keys).exclude(id__in=keys)
    found = list(replies.values_list("id", flat=True)[:_MARKED_AT_ONCE])
    Message.objects.filter(id__in=found).update(parent=None)
    return bool(found)
