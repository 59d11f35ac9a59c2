"""Queries for exports."""

from __future__ import annotations

import msgspec

from chat.models import Conversation
from chat.store.messages import Tree, TreeMessage
from chat.transfer.portable import PortableConversation, PortableMessage, PortableStatus
from chat.wire.protocol import KeptOptions


def exportable(owner: str) -> list[str]:
    """The ids of the owner's conversations that are not deleted, the oldest first."""
    theirs = Conversation.objects.filter(owner=owner, deleted_at=None)
    return list(theirs.order_by("created_at", "id").values_list("id", flat=True))


def portable(tree: Tree) -> PortableConversation:
    """The conversation without the data that only concerns this computer."""
    found = tree.conversation
    return PortableConversation(
        id=found.id,
        title=found.title,
        system_prompt=found.system_prompt,
        persona=found.persona,
        options=msgspec.convert(found.options, KeptOptions),
        pinned=found.pinned_at is not None,
        archived=found.archived_at is not None,
        leaf=tree.leaf,
        created_at=found.created_at,
        updated_at=found.updated_at,
        messages=[_portable(message) for message in tree.messages],
    )


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
    """A run that has not ended is exported as interrupted."""
    match status:
        case "completed" | "cancelled" | "failed":
            return status
        case _:
            return "interrupted"
