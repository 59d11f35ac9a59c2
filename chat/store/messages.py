"""A conversation's messages as a tree: every branch, and the one that is shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from chat.errors import ChatError, ErrorCode
from chat.errors.sentences import error_body
from chat.models import Conversation, Message, Run
from chat.store.branches import path_end
from chat.store.conversations import StoredConversation
from chat.store.message_rows import RUN_COLUMNS


@dataclass(frozen=True, slots=True)
class RunError:
    """Why a run failed; `message` is in the reader's language."""

    code: str
    message: str
    retryable: bool


@dataclass(frozen=True, slots=True)
class AnswerRun:
    """The run that wrote an answer, as it is stored. If it has a `provider`, the model ran outside
    this computer.
    """

    id: str
    status: str
    model: str
    epoch: int
    seq: int
    dropped_turns: int
    provider: str
    finish_reason: str | None
    error: RunError | None
    usage: dict[str, Any] | None
    timings: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class TreeMessage:
    """One message: the `position`th of `siblings` with the same `parent`."""

    id: str
    parent: str | None
    role: str
    content: str
    reasoning: str
    created_at: datetime
    position: int
    siblings: int
    run: AnswerRun | None


@dataclass(frozen=True, slots=True)
class Tree:
    """A conversation with all its messages, the oldest first.

    `leaf` is the end of the shown path; None if there are no messages.
    """

    conversation: StoredConversation
    leaf: str | None
    messages: list[TreeMessage]

    @property
    def version(self) -> str:
        """Changes with the tree, also at checkpoints of runs, which have no new revision."""
        runs = [message.run for message in self.messages if message.run]
        statuses = Counter(run.status for run in runs)
        written = sum(run.seq for run in runs)
        counts = (written, statuses["waiting"], statuses["running"])
        return ".".join(map(str, (self.conversation.revision, *counts)))


def tree_of(found: StoredConversation, rows: Sequence[tuple[Any, ...]], locale: str = "") -> Tree:
    """The tree of all rows, with errors in the language of `locale`. Uses no database.

    A reply whose parent was stored while the rows were read has no parent yet.
    """
    ids = {row[0] for row in rows}
    whole = [row if row[1] in ids else (row[0], None, *row[2:]) for row in rows]
    messages = _placed(whole, locale)
    return Tree(found, shown_leaf(found.leaf, messages), messages)


def tree_version(owner: str, conversation: str) -> str:
    """The current version of the tree. Raises `ChatError` with `unknown_conversation`."""
    of_owner = Conversation.objects.filter(owner=owner, pk=conversation)
    counted = of_owner.annotate(
        written=Coalesce(Sum("messages__run__seq"), 0),
        waiting=Count("messages__run", filter=Q(messages__run__status=Run.Status.WAITING)),
        running=Count("messages__run", filter=Q(messages__run__status=Run.Status.RUNNING)),
    )
    row = counted.values_list("revision", "written", "waiting", "running").first()
    if row is None:
        raise ChatError(ErrorCode.UNKNOWN_CONVERSATION)
    return ".".join(map(str, row))


def find_run(owner: str, run: str, locale: str) -> AnswerRun:
    """The run, with its error in the language of `locale`. Raises `ChatError`: `unknown_run`."""
    row = (
        Message.objects.filter(run=run, conversation__owner=owner).values_list(*RUN_COLUMNS).first()
    )
    known = row and _run(row, locale)
    if not known:
        raise ChatError(ErrorCode.UNKNOWN_RUN)
    return known


def shown_leaf(leaf: str | None, messages: Sequence[TreeMessage]) -> str | None:
    """The end of the path through `leaf`, or through the newest message if that is None."""
    newest = messages[-1].id if messages else None
    return path_end(leaf or newest, ((message.parent, message.id) for message in messages))


def _placed(rows: Sequence[tuple[Any, ...]], locale: str) -> list[TreeMessage]:
    """The rows as messages, each with its position among its siblings."""
    siblings: defaultdict[str | None, int] = defaultdict(int)
    positions: list[int] = []
    for row in rows:
        siblings[row[1]] += 1
        positions.append(siblings[row[1]])
    columns = [
        (*row[:6], position, siblings[row[1]], _run(row[6:], locale))
        for row, position in zip(rows, positions, strict=True)
    ]
    return [TreeMessage(*message) for message in columns]


def _run(row: tuple[Any, ...], locale: str) -> AnswerRun | None:
    if row[0] is None:
        return None
    *known, provider, finish_reason, code, detail, usage, timings = row
    error = _error(code, detail, locale)
    columns = (*known, provider or "", finish_reason or None, error, usage, timings)
    return AnswerRun(*columns)


def _error(code: str, detail: dict[str, Any], locale: str) -> RunError | None:
    if not code:
        return None
    return RunError(**error_body(ErrorCode(code), detail, locale))
