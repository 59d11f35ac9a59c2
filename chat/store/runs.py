"""Queries of runs: their texts while they are written, and their ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from chat.errors import ChatError, ErrorCode
from chat.models import Run
from chat.run_events import Failure, RunEnded, TextSnapshot
from chat.store.revisions import Revision, touch

_SAVE_RUN = """
UPDATE chat_run SET seq = %s, tokens = %s, dropped_turns = %s, provider = %s
WHERE id = %s AND status = 'running'
"""
_SAVE_TEXT = """
UPDATE chat_message SET content = %s, reasoning = %s
WHERE id = (SELECT message_id FROM chat_run WHERE id = %s AND status = 'running')
"""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The text of a live run at one moment, and the number of its tokens as far as it is known.
    `remote_tokens` were computed by a provider since the run began or was continued.
    """

    run: str
    text: TextSnapshot
    tokens: int = 0
    remote_tokens: int = 0


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A stored run; `end` is None while it waits or is running."""

    text: TextSnapshot
    end: RunEnded | None
    conversation: str = ""
    owner: str = ""


def save(checkpoints: Sequence[Checkpoint], ends: Mapping[str, RunEnded]) -> list[Revision]:
    """Save the texts of these runs and the ends of some, in one transaction.

    A run that had ended keeps its text. Returns the new revisions.
    """
    with transaction.atomic():
        _save_texts(checkpoints)
        ended = (_end(saved, ends[saved.run]) for saved in checkpoints if saved.run in ends)
        return [revision for revision in ended if revision is not None]


def conversation_of_run(owner: str, run: str) -> str:
    """Where a member's run stands. Raises `ChatError` with `unknown_run`."""
    rows = Run.objects.filter(pk=run, owner=owner)
    found = rows.values_list("message__conversation_id", flat=True).first()
    if found is None:
        raise ChatError(ErrorCode.UNKNOWN_RUN)
    return found


def load_run(run: str) -> StoredRun | None:
    """The run as it was last saved."""
    row = Run.objects.select_related("message").filter(pk=run).first()
    return None if row is None else _stored(row)


def _save_texts(checkpoints: Sequence[Checkpoint]) -> None:
    """Two statements for all runs. With two querysets for each, 500 live runs blocked the event
    loop for half a second at every checkpoint.
    """
    texts = [(saved.text.answer, saved.text.reasoning, saved.run) for saved in checkpoints]
    numbers = [
        (text.seq, saved.tokens, text.dropped_turns, text.provider or None, saved.run)
        for saved in checkpoints
        if (text := saved.text)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_SAVE_TEXT, texts)
        cursor.executemany(_SAVE_RUN, numbers)


def _end(checkpoint: Checkpoint, ended: RunEnded) -> Revision | None:
    """None if the run was deleted with its conversation while it was running."""
    rows = Run.objects.filter(pk=checkpoint.run)
    if checkpoint.text.provider:
        rows.update(remote_tokens=Coalesce(F("remote_tokens"), 0) + checkpoint.remote_tokens)
    rows.update(
        seq=checkpoint.text.seq + 1,
        status=ended.status,
        finish_reason=ended.finish_reason or "",
        error_code=ended.failure.code if ended.failure else "",
        error_detail=ended.failure.detail if ended.failure else {},
        usage=msgspec.to_builtins(ended.usage),
        timings=msgspec.to_builtins(ended.timings),
        ended_at=timezone.now(),
    )
    conversation = rows.values_list("message__conversation_id", flat=True).first()
    return None if conversation is None else touch(conversation)


def stored_text(row: Run) -> TextSnapshot:
    """The stored text of a run, without its end event."""
    return TextSnapshot(
        epoch=row.epoch,
        seq=row.seq if _is_unfinished(row) else row.seq - 1,
        model=row.model,
        reasoning=row.message.reasoning,
        answer=row.message.content,
        dropped_turns=row.dropped_turns,
        provider=row.provider or "",
    )


def _stored(row: Run) -> StoredRun:
    end = None if _is_unfinished(row) else _ended(row)
    return StoredRun(stored_text(row), end, row.message.conversation_id, row.owner)


def _is_unfinished(row: Run) -> bool:
    return row.status in (Run.Status.RUNNING, Run.Status.WAITING)


def _ended(row: Run) -> RunEnded:
    stored = {
        "status": row.status,
        "finish_reason": row.finish_reason or None,
        "usage": row.usage,
        "timings": row.timings,
    }
    failure = Failure(ErrorCode(row.error_code), row.error_detail) if row.error_code else None
    return replace(msgspec.convert(stored, RunEnded), failure=failure)
