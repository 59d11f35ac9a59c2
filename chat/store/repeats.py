"""Repeated `client_msg_id`s: only the same request gets the turn that it created before."""

from __future__ import annotations

import msgspec
from django.db.models import Q
from msgspec import UNSET

from chat.errors import ChatError, ErrorCode
from chat.models import Message, Run
from chat.store.turns import NewAnswer, NewTurn, Turn, Wanted, known_turn


def repeated_turn(wanted: Wanted) -> Turn | None:
    """The turn that the same request made before. Raises `ChatError` with `conflict` where its
    `client_msg_id` named another one.
    """
    known = known_turn(wanted.owner, wanted.client_msg_id)
    if known is not None:
        check_repeat(known, wanted)
    return known


def check_repeat(known: Turn, wanted: Wanted) -> None:
    """Raises `ChatError` with `conflict` if `wanted` is not the request that created `known`.

    What a request leaves out was decided by the server, which may decide differently now. So the
    model, the parent and each option are compared only if `wanted` has them.
    """
    run = Run.objects.select_related("message__parent").filter(pk=known.run).first()
    if run is None or run.message.parent is None:
        return
    question, answer = run.message.parent, run.message
    if isinstance(wanted, NewTurn):
        is_same = _is_same_question(wanted, question) and not _is_further_answer(answer, run)
    elif isinstance(wanted, NewAnswer):
        is_same = _is_beside(wanted, question) and _is_further_answer(answer, run)
    else:
        is_same = True
    if not (is_same and _has_same_choices(wanted, run)):
        raise ChatError(ErrorCode.CONFLICT)


def _is_same_question(wanted: NewTurn, question: Message) -> bool:
    """Whether this is the question, with the same parent."""
    if wanted.content != question.content:
        return False
    if wanted.parent is not UNSET and wanted.parent != question.parent_id:
        return False
    if wanted.is_first or wanted.conversation is None:
        return _begins_conversation(question)
    return wanted.conversation == question.conversation_id


def _is_beside(wanted: NewAnswer, question: Message) -> bool:
    """Whether the named answer is one to this question."""
    return Message.objects.filter(pk=wanted.message, parent=question).exists()


def _begins_conversation(question: Message) -> bool:
    earlier = Message.objects.filter(
        conversation=question.conversation_id, created_at__lt=question.created_at
    )
    return question.parent_id is None and not earlier.exists()


def _is_further_answer(answer: Message, run: Run) -> bool:
    """Whether it was added to other answers: imported ones have no run, a first one has."""
    others = Message.objects.filter(parent=answer.parent_id).exclude(pk=answer.pk)
    return others.filter(Q(run=None) | Q(run__created_at__lt=run.created_at)).exists()


def _has_same_choices(wanted: Wanted, run: Run) -> bool:
    if wanted.is_model_named and wanted.model != run.model:
        return False
    named = msgspec.to_builtins(wanted.options)
    return all(run.options.get(name) == value for name, value in named.items())
