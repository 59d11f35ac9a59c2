"""A conversation's revision, which is incremented by every change that clients have to fetch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from chat import changes
from chat.models import Conversation


@dataclass(frozen=True, slots=True)
class Revision:
    """A conversation's revision after a change."""

    owner: str
    conversation: str
    number: int


def touch(conversation: str) -> Revision:
    """Increment the revision and set the time of the newest message. Call it in the transaction of
    the change, and announce the result with `announce`.
    """
    return _count(conversation, updated_at=timezone.now())


def raise_revision(conversation: str) -> None:
    """Increment the revision, keeping the position in the list. Announced on commit."""
    with transaction.atomic():
        announce(_count(conversation))


def announce(revision: Revision) -> None:
    """Announce the change once the current transaction is committed."""
    change = (revision.owner, revision.conversation, revision.number)
    transaction.on_commit(lambda: changes.publish(*change))


def _count(conversation: str, **columns: datetime) -> Revision:
    rows = Conversation.objects.filter(pk=conversation)
    rows.update(revision=F("revision") + 1, **columns)
    owner, number = rows.values_list("owner", "revision").get()
    return Revision(owner, conversation, number)
