"""A conversation's messages as a tree: every branch, and which of them is shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from chat.errors import ChatError, ErrorCode
from chat.models import Conversation, Message
from chat.sentences import told
from chat.store.branches import path_end
from chat.store.conversations import StoredConversation, find_conversation


@dataclass(frozen=True, slots=True)
class RunError:
    """Why a run ended before its answer did; `message` is in the reader's language."""

    code: str
    message: str
    retryable: bool


@dataclass(frozen=True, slots=True)
class AnswerRun:
    """The run that wrote an answer, as far as the database knows it."""

    id: str
    status: str
    model: str
    epoch: int
    seq: int
    dropped_turns: int
    finish_reason: str | None
    error: RunError | None
    usage: dict[str, Any] | None
    timings: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class TreeMessage:
    """One message: the `position`th of `siblings` that follow the same `parent`."""

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
    """A conversation with all its messages in the order of their making.

    `leaf` ends the path to be shown; None where nothing was said yet.
    """

    conversation: StoredConversation
    leaf: str | None
    messages: list[TreeMessage]

    @property
    def version(self) -> str:
        """Differs whenever the tree does."""
        runs = [(message.run.status, message.run.seq) for message in self.messages if message.run]
        return _version(self.conversation.revision, runs)


_MESSAGE = ("id", "parent_id", "role", "content", "reasoning", "created_at")
_RUN = (
    "run__id",
    "run__status",
    "run__model",
    "run__epoch",
    "run__seq",
    "run__dropped_turns",
    "run__finish_reason",
    "run__error_code",
    "run__error_detail",
    "run__usage",
    "run__timings",
)


def load_tree(owner: str, conversation: str, locale: str = "") -> Tree:
    """The whole tree in two queries, its errors said in the language of `locale`. Raises
    `ChatError` with `unknown_conversation`.
    """
    found = find_conversation(owner, conversation)
    rows = list(_messages(conversation).values_list(*_MESSAGE, *_RUN))
    messages = _placed(rows, locale)
    return Tree(found, shown_leaf(found.leaf, messages), messages)


def tree_version(owner: str, conversation: str) -> str:
    """The version that `load_tree` would give now. Raises `ChatError` like it."""
    of_owner = Conversation.objects.filter(owner=owner, pk=conversation)
    rows = list(of_owner.values_list("revision", "messages__run__status", "messages__run__seq"))
    if not rows:
        raise ChatError(ErrorCode.UNKNOWN_CONVERSATION)
    return _version(rows[0][0], [(status, seq) for _, status, seq in rows if status])


def find_run(owner: str, run: str, locale: str) -> AnswerRun:
    """Its error said in the language of `locale`. Raises `ChatError` with `unknown_run`."""
    row = Message.objects.filter(run=run, conversation__owner=owner).values_list(*_RUN).first()
    found = row and _run(row, locale)
    if not found:
        raise ChatError(ErrorCode.UNKNOWN_RUN)
    return found


def _version(revision: int, runs: Sequence[tuple[str, int]]) -> str:
    """Differs whenever the tree does: runs are saved as they go, without a new revision."""
    statuses = Counter(status for status, _ in runs)
    written = sum(seq for _, seq in runs)
    return f"{revision}.{written}.{statuses['waiting']}.{statuses['running']}"


def shown_leaf(leaf: str | None, messages: Sequence[TreeMessage]) -> str | None:
    """The end of the path through `leaf`; without one, through the newest message."""
    newest = messages[-1].id if messages else None
    return path_end(leaf or newest, ((message.parent, message.id) for message in messages))


def _messages(conversation: str) -> QuerySet[Message]:
    return Message.objects.filter(conversation=conversation).order_by("created_at", "id")


def _placed(rows: Sequence[tuple[Any, ...]], locale: str) -> list[TreeMessage]:
    """The rows, each told its place among those that follow the same message."""
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
    *known, finish_reason, code, detail, usage, timings = row
    columns = (*known, finish_reason or None, _error(code, detail, locale), usage, timings)
    return AnswerRun(*columns)


def _error(code: str, detail: dict[str, Any], locale: str) -> RunError | None:
    if not code:
        return None
    return RunError(**told(ErrorCode(code), detail, locale))
