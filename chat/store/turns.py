"""Creates turns: a question, its empty answer, and the run that writes the answer."""

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
    """A requested answer. It `waits` for the one being written in its conversation.

    Unless `is_model_named`, `model` is empty or the current default. `is_owner` is true for an
    owner by the login of the host project.
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
    """A user's message and the requested answer.

    If `parent` is None, it is a first message; if unset, it follows the answer shown last. If
    `is_first`, a conversation with the id `conversation` is created; None creates one, too.
    """

    content: str
    conversation: str | None = None
    is_first: bool = False
    parent: str | UnsetType | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer(Wanted):
    """One more answer to the question of the stored answer `message`."""

    message: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A stored turn, by the ids of its rows."""

    run: str
    conversation: str
    message: str
    user_message: str
    revision: int = field(default=0, compare=False)


def known_turn(owner: str, client_msg_id: str) -> Turn | None:
    """The turn of the owner with this `client_msg_id`, if there is one."""
    runs = Run.objects.select_related("message__conversation")
    row = runs.filter(owner=owner, client_msg_id=client_msg_id).first()
    if row is None:
        return None
    answer = row.message
    revision = answer.conversation.revision
    return Turn(row.id, answer.conversation_id, answer.id, str(answer.parent_id), revision)


def conversation_of(owner: str, answer: str) -> str:
    """The conversation of an answer. Raises `ChatError` with `unknown_message`."""
    return _answer(owner, answer).conversation_id


def open_turn(turn: NewTurn) -> Turn:
    """Store the user's message, the empty answer and its run.

    Raises `ChatError`: `unknown_conversation` or `unknown_message`.
    """
    with transaction.atomic():
        conversation = _conversation(turn)
        question = Message.objects.create(
            conversation=conversation,
            parent_id=_parent(turn, conversation),
            role=Message.Role.USER,
            content=turn.content,
        )
        return _open_run(question, turn)


def open_answer(wanted: NewAnswer) -> Turn:
    """Store an empty sibling of an answer, and its run. Raises `ChatError`: `unknown_message`."""
    with transaction.atomic():
        question = _answer(wanted.owner, wanted.message).parent
        if question is None:
            raise ChatError(ErrorCode.UNKNOWN_MESSAGE)
        return _open_run(question, wanted)


def withdraw(run: str) -> Revision:
    """Delete a waiting run, its empty answer, and its question unless that has other answers.

    Messages that followed them become replies to the answer before them.
    """
    with transaction.atomic():
        answer = Run.objects.select_related("message").get(pk=run).message
        question = Message.objects.get(pk=answer.parent_id)
        before = question.parent_id
        Message.objects.filter(parent=answer).update(parent=before)
        answer.delete()
        if not question.replies.exists():
            question.delete()
        conversation = answer.conversation_id
        Conversation.objects.filter(pk=conversation, leaf=None).update(leaf=before)
        return touch(conversation)


def _open_run(question: Message, wanted: Wanted) -> Turn:
    conversation, chosen = question.conversation, msgspec.to_builtins(wanted.options)
    answer = Message.objects.create(
        conversation=conversation, parent=question, role=Message.Role.ASSISTANT
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
    return Turn(run.id, conversation.id, answer.id, question.id, revision.number)


def _new_seed() -> int:
    """A seed to be stored with the run, which uses it again after a restart. The largest number is
    left out, as llama.cpp draws a random seed for it.
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
