"""Conversations on their way out of the database and into it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args

import msgspec
from django.db import connection, transaction
from django.utils import timezone

from chat.models import Conversation, Message, Run
from chat.names import on_one_line
from chat.protocol import FinishReason, Options
from chat.storable import storable
from chat.store.messages import TreeMessage, load_tree
from chat.store.revisions import raise_revision
from chat.transfer.alternation import alternate
from chat.transfer.portable import PortableConversation, PortableMessage, PortableStatus

_TITLE = 200
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Imported:
    """How many conversations and messages were new; the others were here already."""

    conversations: int = 0
    messages: int = 0
    known: int = 0

    def __add__(self, other: Imported) -> Imported:
        return Imported(
            self.conversations + other.conversations,
            self.messages + other.messages,
            self.known + other.known,
        )


def exportable(owner: str) -> list[str]:
    """The owner's conversations that are not deleted, the oldest first."""
    theirs = Conversation.objects.filter(owner=owner, deleted_at=None)
    return list(theirs.order_by("created_at", "id").values_list("id", flat=True))


def export(owner: str, conversation: str) -> PortableConversation:
    """All of it but what belongs to this computer. Raises `ChatError` like `load_tree`."""
    tree = load_tree(owner, conversation)
    found = tree.conversation
    return PortableConversation(
        id=found.id,
        title=found.title,
        system_prompt=found.system_prompt,
        persona=found.persona,
        options=msgspec.convert(found.options, Options),
        pinned=found.pinned_at is not None,
        archived=found.archived_at is not None,
        leaf=tree.leaf,
        created_at=found.created_at,
        updated_at=found.updated_at,
        messages=[_portable(message) for message in tree.messages],
    )


def insert(owner: str, found: PortableConversation) -> Imported:
    """Store what is new of it, in one transaction; one deleted here comes back.

    A conversation keeps its id where that is free or the owner's. A second import finds what
    the first has made.
    """
    messages = alternate(found.messages)
    with transaction.atomic():
        row, is_new = _conversation(owner, found)
        keys = _keys(row.id, messages)
        known = set(row.messages.values_list("id", flat=True))
        fresh = [message for message in messages if keys[message.id] not in known]
        _insert_messages(row, fresh, keys)
        if fresh or is_new or row.deleted_at:
            leaf = keys.get(found.leaf or "", row.leaf_id)
            Conversation.objects.filter(pk=row.id).update(deleted_at=None, leaf=leaf)
            raise_revision(row.id)
    return Imported(int(is_new), len(fresh), len(messages) - len(fresh))


def _portable(message: TreeMessage) -> PortableMessage:
    run = message.run
    return PortableMessage(
        id=message.id,
        role="user" if message.role == "user" else "assistant",
        content=message.content,
        parent=message.parent,
        reasoning=message.reasoning,
        created_at=message.created_at,
        model=run.model if run else "",
        status=_ended(run.status) if run else "completed",
        finish_reason=(run.finish_reason or "") if run else "",
    )


def _ended(status: str) -> PortableStatus:
    """What has not ended is, for another computer, interrupted."""
    match status:
        case "completed" | "cancelled" | "failed":
            return status
        case _:
            return "interrupted"


def _conversation(owner: str, found: PortableConversation) -> tuple[Conversation, bool]:
    key = _key(found.id)
    holder = Conversation.objects.filter(pk=key).values_list("owner", flat=True).first()
    if holder not in (None, owner):
        key = _derived(owner, found.id)
    now = timezone.now()
    fields = {
        "owner": owner,
        "title": on_one_line(storable(found.title))[:_TITLE],
        "is_renamed": bool(found.title),
        "system_prompt": storable(found.system_prompt),
        "persona": storable(found.persona),
        "options": msgspec.to_builtins(found.options),
        "pinned_at": now if found.pinned else None,
        "archived_at": now if found.archived else None,
    }
    row, is_new = Conversation.objects.get_or_create(id=key, defaults=fields)
    if is_new:
        made = found.created_at or now
        times = {"created_at": made, "updated_at": found.updated_at or made}
        Conversation.objects.filter(pk=key).update(**times)
    return row, is_new


def _keys(conversation: str, messages: Sequence[PortableMessage]) -> dict[str, str]:
    """Each message's id here: its own, unless it is too long or another conversation's."""
    keys = {message.id: _key(message.id) for message in messages}
    taken = set(
        Message.objects.filter(id__in=keys.values())
        .exclude(conversation=conversation)
        .values_list("id", flat=True)
    )
    return {own: _derived(conversation, own) if key in taken else key for own, key in keys.items()}


def _insert_messages(
    row: Conversation, fresh: Sequence[PortableMessage], keys: dict[str, str]
) -> None:
    made = [
        Message(
            id=keys[one.id],
            conversation=row,
            parent_id=keys[one.parent] if one.parent else None,
            role=one.role,
            content=storable(one.content),
            reasoning=storable(one.reasoning),
        )
        for one in fresh
    ]
    Message.objects.bulk_create(made, batch_size=500)
    _set_times({keys[own]: moment for own, moment in _times(fresh).items()})
    Run.objects.bulk_create(
        [_run(row.owner, one, keys) for one in fresh if one.role == "assistant"], batch_size=500
    )


def _run(owner: str, answer: PortableMessage, keys: dict[str, str]) -> Run:
    """Every answer has the run that wrote it; one of elsewhere ended when it was written."""
    return Run(
        message_id=keys[answer.id],
        owner=owner,
        client_msg_id=f"import-{keys[answer.id]}",
        model=storable(answer.model),
        status=answer.status,
        finish_reason=_reason(answer),
        seq=1,
        ended_at=answer.created_at or timezone.now(),
    )


def _reason(answer: PortableMessage) -> str:
    """Files of before it was kept do not tell it."""
    if answer.finish_reason in get_args(FinishReason):
        return answer.finish_reason
    return "stop" if answer.status == "completed" else ""


def _times(messages: Sequence[PortableMessage]) -> dict[str, datetime]:
    """Their moments by id, a reply later than what it follows."""
    times: dict[str, datetime] = {}
    for one in messages:
        before = times.get(one.parent or "")
        least = before + _INSTANT if before else None
        wanted = one.created_at or least or timezone.now()
        wanted = wanted if timezone.is_aware(wanted) else timezone.make_aware(wanted)
        times[one.id] = max(wanted, least) if least else wanted
    return times


def _set_times(times: Mapping[str, datetime]) -> None:
    """The model's own default is the moment of insertion."""
    adapted = connection.ops.adapt_datetimefield_value
    rows = [(adapted(moment), key) for key, moment in times.items()]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE chat_message SET created_at = %s WHERE id = %s", rows)


def _key(own: str) -> str:
    """An id of elsewhere as it is where it fits; ours are 22 of these characters."""
    fits = len(own) <= 32 and all(one.isascii() and (one.isalnum() or one in "-_") for one in own)
    return own if fits else _derived("", own)


def _derived(scope: str, own: str) -> str:
    """An id that the same import makes again."""
    digest = hashlib.blake2b(f"{scope}\n{own}".encode(errors="replace"), digest_size=16).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
