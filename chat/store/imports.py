"""Imports conversations into the database, a bounded batch of messages at a time.

Every batch is committed, parents before replies, so that readers always find a complete tree. An
interrupted import is completed by importing the same file again: ids depend only on those of the
file, so messages that exist already are recognised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

import msgspec
from django.db import connection, transaction
from django.utils import timezone

from chat.errors import ChatError, ErrorCode
from chat.models import Conversation, Message, Run, new_id
from chat.store.import_keys import MessageKeys, conversation_key
from chat.store.imported import Imported
from chat.store.revisions import raise_revision
from chat.text.storable import storable
from chat.text.titles import as_title
from chat.transfer.portable import PortableConversation, PortableMessage
from chat.wire.protocol import FinishReason


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to be stored: `key` and `parent` are the file's ids, `created_at` is in UTC."""

    key: str
    parent: str | None
    created_at: datetime
    message: PortableMessage


class Insertion:
    """One conversation being imported by its owner. Its methods block; called in their order."""

    def __init__(self, owner: str, found: PortableConversation) -> None:
        self._owner = owner
        self._found = found
        self._conversation = ""
        self._keys = MessageKeys("")
        self._is_new = False
        self._inserted = 0
        self._known = 0

    def begin(self) -> None:
        """Find or create the conversation."""
        with transaction.atomic():
            self._conversation, is_known = conversation_key(self._owner, self._found.id)
            self._keys = MessageKeys(self._conversation)
            self._is_new = not is_known
            if self._is_new:
                self._make()

    def add(self, batch: Sequence[NewMessage]) -> None:
        """Store the new messages of these, in one transaction.

        Raises `ChatError` with `unknown_conversation` if its owner is being removed.
        """
        with transaction.atomic():
            if not Conversation.objects.filter(pk=self._conversation, owner=self._owner).exists():
                raise ChatError(ErrorCode.UNKNOWN_CONVERSATION)
            self._keys.name([one.key for one in batch])
            fresh = [one for one in batch if self._keys[one.key] not in self._keys.known]
            self._insert(fresh)
        self._inserted += len(fresh)
        self._known += len(batch) - len(fresh)

    def finish(self) -> Imported:
        """Set the leaf, restore the conversation if it was deleted, and report the result."""
        with transaction.atomic():
            row = Conversation.objects.filter(pk=self._conversation, owner=self._owner).first()
            if row is None:
                raise ChatError(ErrorCode.UNKNOWN_CONVERSATION)
            leaf = self._keys.find(self._found.leaf) or row.leaf_id
            if self._is_new or self._inserted or row.deleted_at or not row.leaf_id:
                Conversation.objects.filter(pk=row.id).update(deleted_at=None, leaf=leaf)
                raise_revision(row.id)
        return Imported(int(self._is_new), self._inserted, self._known)

    def _make(self) -> None:
        now = timezone.now()
        Conversation.objects.create(id=self._conversation, **self._fields(now))
        made = self._found.created_at or now
        times = {"created_at": made, "updated_at": self._found.updated_at or made}
        Conversation.objects.filter(pk=self._conversation).update(**times)

    def _fields(self, now: datetime) -> dict[str, Any]:
        found = self._found
        title = as_title(found.title)
        return {
            "owner": self._owner,
            "title": title,
            "is_renamed": bool(title),
            "system_prompt": storable(found.system_prompt),
            "persona": storable(found.persona),
            "options": msgspec.to_builtins(found.options),
            "pinned_at": now if found.pinned else None,
            "archived_at": now if found.archived else None,
        }

    def _insert(self, fresh: Sequence[NewMessage]) -> None:
        Message.objects.bulk_create(self._message(one) for one in fresh)
        _set_times([(one.created_at, self._keys[one.key]) for one in fresh])
        Run.objects.bulk_create(self._run(one) for one in fresh if one.message.role == "assistant")

    def _message(self, one: NewMessage) -> Message:
        return Message(
            id=self._keys[one.key],
            conversation_id=self._conversation,
            parent_id=self._keys.find(one.parent),
            role=one.message.role,
            content=storable(one.message.content),
            reasoning=storable(one.message.reasoning),
        )

    def _run(self, one: NewMessage) -> Run:
        """The run of an imported answer, which ended when the answer was written."""
        return Run(
            message_id=self._keys[one.key],
            owner=self._owner,
            client_msg_id=f"import-{new_id()}",
            model=storable(one.message.model),
            status=one.message.status,
            finish_reason=_reason(one.message),
            seq=1,
            ended_at=one.created_at,
        )


def _reason(answer: PortableMessage) -> str:
    """The finish reason, which older files do not have."""
    if answer.finish_reason in get_args(FinishReason):
        return answer.finish_reason
    return "stop" if answer.status == "completed" else ""


def _set_times(times: Sequence[tuple[datetime, str]]) -> None:
    """Set the times of creation, which are those of insertion by default."""
    adapted = connection.ops.adapt_datetimefield_value
    rows = [(adapted(moment), key) for moment, key in times]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE chat_message SET created_at = %s WHERE id = %s", rows)
