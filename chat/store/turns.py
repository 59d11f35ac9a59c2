"""A question, the empty answer to it, and the run that is to fill it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

import msgspec
from django.db import transaction
from django.db.models import Q
from msgspec import UNSET, UnsetType

from chat.answer_options import over
from chat.errors import ChatError, ErrorCode
from chat.models import Conversation, Message, Run, new_id
from chat.store.revisions import Revision, touch
from chat.text.titles import of_question
from chat.wire.protocol import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An answer somebody wants. `waits` for the one being written in its conversation.

    Where it `is_model_named` not, `model` is empty, or the default of today. Who wants it
    `is_owner` where the login says so.
    """

    owner: str
    client_msg_id: str
    model: str
    device: str = ""
    options: Options = field(default_factory=Options)
    is_model_named: bool = True
    is_owner: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTurn(Wanted):
    """A user's message and the answer wanted to it.

    `parent` None makes it a first message; unset it follows the answer shown last. Where it
    `is_first`, `conversation` is the id of a conversation to be made; None makes one, too.
    """

    content: str
    conversation: str | None = None
    is_first: bool = False
    parent: str | UnsetType | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer(Wanted):
    """One more answer to the question that the stored answer `message` answers."""

    message: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A stored turn: the ids of everything it made."""

    run: str
    conversation: str
    message: str
    user_message: str
    revision: int = field(default=0, compare=False)


def known_turn(owner: str, client_msg_id: str) -> Turn | None:
    """The turn that the same `client_msg_id` of the same owner made before."""
    runs = Run.objects.select_related("message__conversation")
    row = runs.filter(owner=owner, client_msg_id=client_msg_id).first()
    if row is None:
        return None
    answer = row.message
    revision = answer.conversation.revision
    return Turn(row.id, answer.conversation_id, answer.id, str(answer.parent_id), revision)


def conversation_of(owner: str, answer: str) -> str:
    """Where an answer stands. Raises `ChatError` with `unknown_message`."""
    return _answer(owner, answer).conversation_id


def open_turn(turn: NewTurn) -> Turn:
    """Store the user's message, the empty answer and its run.

    Raises `ChatError`: `unknown_conversation` or `unknown_message`.
    """
    with transaction.atomic():
        conversation = _conversation(turn)
        asked = Message.objects.create(
            conversation=conversation,
            parent_id=_parent(turn, conversation),
            role=Message.Role.USER,
            content=turn.content,
        )
        return _open_run(asked, turn)


def open_answer(wanted: NewAnswer) -> Turn:
    """Store an empty answer beside another, and its run. Raises `ChatError`: `unknown_message`."""
    with transaction.atomic():
        asked = _answer(wanted.owner, wanted.message).parent
        if asked is None:
            raise ChatError(ErrorCode.UNKNOWN_MESSAGE)
        return _open_run(asked, wanted)


def withdraw(run: str) -> Revision:
    """Delete a waiting run, its empty answer, and its question unless that has other answers.

    What followed them follows the answer before them.
    """
    with transaction.atomic():
        answer = Run.objects.select_related("message").get(pk=run).message
        asked = Message.objects.get(pk=answer.parent_id)
        before = asked.parent_id
        Message.objects.filter(parent=answer).update(parent=before)
        answer.delete()
        if not asked.replies.exists():
            asked.delete()
        conversation = answer.conversation_id
        Conversation.objects.filter(pk=conversation, leaf=None).update(leaf=before)
        return touch(conversation)


def _open_run(asked: Message, wanted: Wanted) -> Turn:
    conversation, chosen = asked.conversation, msgspec.to_builtins(wanted.options)
    answer = Message.objects.create(
        conversation=conversation, parent=asked, role=Message.Role.ASSISTANT
    )
    run = Run.objects.create(
        message=answer,
        owner=wanted.owner,
        device=wanted.device,
        client_msg_id=wanted.client_msg_id,
        model=wanted.model,
        options={"seed": _new_seed()} | over(chosen, conversation.options),
        status=Run.Status.WAITING if wanted.waits else Run.Status.RUNNING,
    )
    Conversation.objects.filter(pk=conversation.id).update(leaf=answer)
    revision = touch(conversation.id)
    return Turn(run.id, conversation.id, answer.id, asked.id, revision.number)


def _new_seed() -> int:
    """Kept with the run, so that it goes on with the same one after a restart. The largest number
    is left out: for llama.cpp it means that another one is drawn.
    """
    return secrets.randbelow(2**32 - 1)


def _conversation(turn: NewTurn) -> Conversation:
    title = of_question(turn.content)
    if turn.is_first or turn.conversation is None:
        key = turn.conversation or new_id()
        return Conversation.objects.create(id=key, owner=turn.owner, title=title)
    theirs = Conversation.objects.filter(owner=turn.owner, deleted_at=None)
    found = theirs.filter(pk=turn.conversation).first()
    if found is None:
        raise ChatError(ErrorCode.UNKNOWN_CONVERSATION)
    if not found.title and not found.is_renamed:
        found.title = title
        found.save(update_fields=["title"])
    return found


def _parent(turn: NewTurn, conversation: Conversation) -> str | None:
    if turn.parent is None:
        return None
    answers = Message.objects.filter(conversation=conversation, role=Message.Role.ASSISTANT)
    if turn.parent is not UNSET:
        if not answers.filter(pk=turn.parent).exists():
            raise ChatError(ErrorCode.UNKNOWN_MESSAGE)
        return str(turn.parent)
    leaf = conversation.leaf_id
    shown = answers.filter(Q(pk=leaf) | Q(replies=leaf)).order_by("-created_at").first()
    found = shown or answers.order_by("created_at").last()
    return None if found is None else found.id


def _answer(owner: str, message: str) -> Message:
    answers = Message.objects.select_related("conversation", "parent__conversation")
    found = answers.filter(
        pk=message, role=Message.Role.ASSISTANT, conversation__owner=owner
    ).first()
    if found is None:
        raise ChatError(ErrorCode.UNKNOWN_MESSAGE)
    return found
