"""A conversation's revision: it grows with every change a client may have to fetch."""

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
    """A conversation after a change of it."""

    owner: str
    conversation: str
    number: int


def touch(conversation: str) -> Revision:
    """Something was said in it. To be called inside the transaction that made the change; who
    has called tells of it.
    """
    return _count(conversation, updated_at=timezone.now())


def raise_revision(conversation: str) -> None:
    """Its owner changed something of it, which leaves its place in the list. Told on commit."""
    with transaction.atomic():
        tell(_count(conversation))


def tell(revision: Revision) -> None:
    """Once the transaction under way is committed."""
    told = (revision.owner, revision.conversation, revision.number)
    transaction.on_commit(lambda: changes.publish(*told))


def _count(conversation: str, **columns: datetime) -> Revision:
    rows = Conversation.objects.filter(pk=conversation)
    rows.update(revision=F("revision") + 1, **columns)
    owner, number = rows.values_list("owner", "revision").get()
    return Revision(owner, conversation, number)
