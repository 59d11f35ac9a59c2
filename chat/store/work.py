"""The data needed to begin or continue a run."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from chat.models import Message, Run
from chat.run_events import TextSnapshot
from chat.store.continuation import tokens_before
from chat.store.runs import stored_text
from chat.wire.protocol import KeptOptions, Options


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One message of a conversation's path."""

    id: str
    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Work:
    """A run to be written: the messages, the options, and the text that exists already.

    The first `tokens_before` of its `tokens` do not count for the current allowance.
    """

    run: str
    conversation: str
    device: str
    model: str
    options: Options
    system_prompt: str
    path: list[StoredMessage]
    text: TextSnapshot
    tokens: int
    owner: str = ""
    tokens_before: int = 0

    @property
    def tokens_counted(self) -> int:
        """The tokens that the allowance counts."""
        return self.tokens - self.tokens_before


def begin(run: str) -> Work:
    """Mark the run as running and read its data."""
    rows = Run.objects.filter(pk=run)
    rows.filter(status=Run.Status.WAITING).update(status=Run.Status.RUNNING)
    row = rows.select_related("message__conversation").get()
    answer, conversation = row.message, row.message.conversation
    return Work(
        run=row.id,
        conversation=conversation.id,
        device=row.device,
        model=row.model,
        options=msgspec.convert(row.options, KeptOptions),
        system_prompt=conversation.system_prompt,
        path=path(str(answer.parent_id)),
        text=stored_text(row),
        tokens=row.tokens,
        owner=row.owner,
        tokens_before=tokens_before(row),
    )


def path(message: str) -> list[StoredMessage]:
    """The path that ends with `message`, the oldest first, in one query."""
    rows = Message.objects.filter(conversation__messages=message)
    by_id = {row[0]: row for row in rows.values_list("id", "parent_id", "role", "content")}
    found: list[StoredMessage] = []
    at: str | None = message
    while at is not None:
        key, parent, role, content = by_id[at]
        found.append(StoredMessage(key, role, content))
        at = parent
    return found[::-1]
