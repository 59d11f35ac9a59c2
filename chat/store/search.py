"""Search in titles and texts. No character of a query is syntax.

A query consists of words separated by blanks. A text matches if it has all of them, in any case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from chat.models import Conversation, Message
from chat.store.cursors import decode, encode
from chat.store.snippets import Snippet, snippet

_WORDS = 8
"""The number of words that are used; more do not narrow the search."""
_TITLES = 20
_LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that has all words; a conversation's title if `message` is None."""

    conversation: str
    title: str
    message: str | None
    role: str | None
    created_at: datetime
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class HitPage:
    """A page of hits, titles first, the newest first; `next` is the cursor of the next page."""

    hits: list[Hit]
    next: str | None


def search(owner: str, query: str, limit: int, after: str | None = None) -> HitPage:
    """One page of hits, in three queries. Deleted conversations are not searched.

    Raises `ChatError` with `bad_field` for an invalid cursor.
    """
    words = query.replace("\x00", " ").split()[:_WORDS]
    if not words:
        return HitPage([], None)
    titles = [] if after else _titles(owner, words)
    keys = _keys(owner, words, after)[: limit + 1]
    found = list(keys)
    more = encode(*found[limit - 1]) if len(found) > limit else None
    return HitPage(titles + _hits([key for _, key in found[:limit]], words), more)


def _titles(owner: str, words: Sequence[str]) -> list[Hit]:
    found = Conversation.objects.filter(_all("title", words), owner=owner, deleted_at=None)
    rows = found.order_by("-updated_at", "-id").values_list("id", "title", "updated_at")[:_TITLES]
    return [Hit(key, title, None, None, at, snippet(title, words)) for key, title, at in rows]


def _keys(owner: str, words: Sequence[str], after: str | None) -> QuerySet[Any, Any]:
    """The moment and id of each hit; texts are fetched for one page only."""
    theirs = Message.objects.filter(
        _matching(words), conversation__owner=owner, conversation__deleted_at=None
    )
    if after is not None:
        moment, key = decode(after, 2)
        theirs = theirs.filter(Q(created_at__lt=moment) | Q(created_at=moment, id__lt=key))
    return theirs.order_by("-created_at", "-id").values_list("created_at", "id")


def _hits(keys: Sequence[str], words: Sequence[str]) -> list[Hit]:
    rows = Message.objects.filter(id__in=keys).values_list(
        "id", "conversation_id", "conversation__title", "role", "created_at", "content"
    )
    by_key = {
        key: Hit(conversation, title, key, role, at, snippet(text, words))
        for key, conversation, title, role, at, text in rows
    }
    return [by_key[key] for key in keys]


def _matching(words: Sequence[str]) -> Q:
    if connection.vendor != "sqlite":
        return _all("content", words)
    conditions = [_rows_with(word) for word in words]
    sql = " INTERSECT ".join(condition for condition, _ in conditions)
    values = [value for _, values in conditions for value in values]
    numbers = f"SELECT message FROM chat_search_row WHERE number IN ({sql})"  # noqa: S608
    return Q(id__in=RawSQL(numbers, values))  # noqa: S611  # words are parameters


def _rows_with(word: str) -> tuple[str, tuple[str, ...]]:
    """SQL for the index rows with this word; a word below three characters is matched as a prefix
    of terms.
    """
    if len(word) >= 3:
        quoted = word.replace('"', '""')
        return "SELECT rowid FROM chat_search WHERE chat_search MATCH %s", (f'"{quoted}"',)
    first = word.lower()
    terms = "SELECT doc FROM chat_search_term WHERE term >= %s AND term <= %s"
    return terms, (first, first + _LAST_CHARACTER)


def _all(column: str, words: Sequence[str]) -> Q:
    return Q(*(Q(**{f"{column}__icontains": word}) for word in words))
