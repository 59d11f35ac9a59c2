"""Queries for titles written by models, of conversations named after their first question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from chat.actor import REMOVED
from chat.models import Conversation, Message, Run
from chat.store.revisions import Revision, announce
from chat.store.work import StoredMessage
from chat.text.titles import as_title, of_question
from chat.text.visible import has_visible

_NEW = 8
"""The number of messages of a new conversation; longer ones keep their title."""


@dataclass(frozen=True, slots=True)
class Untitled:
    """A conversation without a title of its own, up to its first complete answer, by `model`."""

    conversation: str
    title: str
    system_prompt: str
    model: str
    path: tuple[StoredMessage, ...]

    @property
    def question(self) -> str:
        """The first question."""
        return self.path[0].content


def untitled(conversation: str) -> Untitled | None:
    """None for one that has a title of its own, no complete answer, or many messages."""
    row = _unnamed(conversation).exclude(owner=REMOVED).first()
    if row is None:
        return None
    columns = ("id", "parent_id", "role", "content", "run__status", "run__model")
    messages = row.messages.order_by("created_at", "id").values_list(*columns)[: _NEW + 1]
    rows = {message[0]: message for message in messages}
    answer = next((message for message in rows.values() if _is_whole(message)), None)
    if answer is None or len(rows) > _NEW:
        return None
    path = _path(rows, answer)
    if of_question(path[0].content) != row.title:
        return None
    return Untitled(row.id, row.title, row.system_prompt, answer[5], path)


def set_title(found: Untitled, title: str) -> bool:
    """Set the title, unless it was set or the conversation was deleted meanwhile. Its position in
    the list stays; all devices are notified.
    """
    title = as_title(title)
    if not title:
        return False
    with transaction.atomic():
        rows = _unnamed(found.conversation).filter(title=found.title)
        if not rows.update(title=title, revision=F("revision") + 1):
            return False
        owner, number = _unnamed(found.conversation).values_list("owner", "revision").get()
        announce(Revision(owner, found.conversation, number))
    return True


def _unnamed(conversation: str) -> Any:
    return Conversation.objects.filter(pk=conversation, is_renamed=False, deleted_at=None)


def _is_whole(message: tuple[Any, ...]) -> bool:
    _, parent, role, content, status, _ = message
    is_answer = role == Message.Role.ASSISTANT and parent is not None
    return is_answer and status == Run.Status.COMPLETED and has_visible(content)


def _path(rows: dict[str, tuple[Any, ...]], answer: tuple[Any, ...]) -> tuple[StoredMessage, ...]:
    found: list[StoredMessage] = []
    at: tuple[Any, ...] | None = answer
    while at is not None:
        found.append(StoredMessage(at[0], at[2], at[3]))
        at = rows.get(at[1])
    return tuple(found[::-1])
