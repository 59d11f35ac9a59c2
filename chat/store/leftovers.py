"""Unfinished runs of a process that has ended: answers being written, and waiting ones."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import DatabaseError, OperationalError, transaction

from chat.models import Run
from chat.run_events import Numbered, RestoredText, RunEnded, TextSnapshot
from chat.store.runs import Checkpoint, save, stored_text
from chat.store.server import remember_journal
from chat.store.work import path
from inference import estimated_tokens

Complete = Callable[[str, TextSnapshot, int], RestoredText]
"""Called with a run, its stored text and the text's tokens; returns the text as completed by the
journal."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WaitingRun:
    """A run that waits for the answer before it in the conversation."""

    run: str
    conversation: str
    device: str
    model: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class RunningRun:
    """A run to continue, and the last events before its text."""

    run: str
    conversation: str
    events: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Runs to continue, waiting runs, and the number of ended ones."""

    running: list[RunningRun]
    waiting: list[WaitingRun]
    interrupted: int


def take_up_leftovers(continuable: Collection[str], complete: Complete, journal: str) -> Leftovers:
    """Store the completed text of each unfinished run, and `journal` as the one that continues it.

    Runs that had ended get their end; runs of models not in `continuable` are interrupted.
    """
    running: list[RunningRun] = []
    interrupted = 0
    with transaction.atomic():
        rows = Run.objects.filter(status=Run.Status.RUNNING).select_related("message")
        for row in rows.order_by("created_at"):
            restored = complete(row.id, stored_text(row), row.tokens)
            end = restored.end or (None if row.model in continuable else RunEnded("interrupted"))
            end = _store(row, restored, end)
            if end is None:
                place = row.message.conversation_id
                running.append(RunningRun(row.id, place, restored.events))
            interrupted += end == RunEnded("interrupted")
        remember_journal(journal)
    return Leftovers(running, _waiting(), interrupted)


def _store(row: Run, restored: RestoredText, end: RunEnded | None) -> RunEnded | None:
    """The end of the run, None if it can be continued. If the database refuses one text, other
    runs are still continued.
    """
    ends = {row.id: end} if end else {}
    try:
        with transaction.atomic():
            spent = _remote_tokens(row, restored, end)
            save([Checkpoint(row.id, restored.text, restored.tokens, spent)], ends)
            Run.objects.filter(pk=row.id).update(epoch=restored.text.epoch)
    except OperationalError:
        raise  # a full disk or a lock: the text itself is not the cause
    except (DatabaseError, ValueError) as error:
        logger.error("run %s is interrupted, its text cannot be stored: %s", row.id, error)
        return _interrupt(row)
    return end


def _remote_tokens(row: Run, restored: RestoredText, end: RunEnded | None) -> int:
    """The tokens that a provider computed for an ended run, as reported or estimated."""
    text = restored.text
    if end is None or not text.provider:
        return 0
    if end.usage is not None:
        return end.usage.prompt_tokens + end.usage.completion_tokens
    prompt = (message.content for message in path(str(row.message.parent_id)))
    texts = (*prompt, text.reasoning, text.answer)
    return estimated_tokens(sum(len(one.encode(errors="replace")) for one in texts))


def _interrupt(row: Run) -> RunEnded:
    """End it as interrupted, in a new epoch, as readers may have more than the stored text."""
    ended = RunEnded("interrupted")
    save([Checkpoint(row.id, stored_text(row), row.tokens)], {row.id: ended})
    Run.objects.filter(pk=row.id).update(epoch=row.epoch + 1)
    return ended


def _waiting() -> list[WaitingRun]:
    rows = Run.objects.filter(status=Run.Status.WAITING).order_by("created_at")
    columns = ("id", "message__conversation_id", "device", "model", "owner")
    return [WaitingRun(*row) for row in rows.values_list(*columns)]
