"""Whatever a file holds, an import stores all of it or refuses it, and a second one changes
nothing.
"""

from __future__ import annotations

import io
import json
from collections.abc import Generator
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as some

from chat.actor import REMOVED
from chat.errors import ChatError, ErrorCode
from chat.library.imports import batches_of
from chat.models import Conversation, Message, Run
from chat.store.batches import BATCH_ROWS
from chat.store.conversations import find_conversation
from chat.store.imported import Imported
from chat.store.imports import Insertion
from chat.store.message_rows import message_rows
from chat.store.messages import tree_of
from chat.store.transfer import exportable, portable
from chat.transfer.unpacked import receive, unpacked
from chat.transfer.upload import Upload
from tests.chat.transfer.reading import BOUNDS

pytestmark = pytest.mark.django_db(transaction=True)


def _steps(body: bytes, owner: str = "alice") -> Generator[Imported, None, None]:
    """After every batch of messages, nothing yet; after each conversation, what came of it."""
    with receive(io.BytesIO(body), BOUNDS) as file, unpacked(file, BOUNDS) as opened:
        upload = Upload(opened, BOUNDS)
        upload.check()
        for read in upload.conversations():
            insertion = Insertion(owner, read.heading)
            insertion.begin()
            for batch in batches_of(upload, read):
                insertion.add(batch)
                yield Imported()
            yield insertion.finish()


def _import(body: bytes, owner: str = "alice") -> Imported:
    return sum(_steps(body, owner), Imported())


def _file(*conversations: object) -> bytes:
    return json.dumps({"format": "myllm", "version": 1, "conversations": conversations}).encode()


def _chain(count: int, key: str = "c", **more: object) -> dict[str, Any]:
    messages = [
        {
            "id": f"{key}-{n}",
            "parent": f"{key}-{n - 1}" if n else None,
            "role": ("user", "assistant")[n % 2],
            "content": str(n),
        }
        for n in range(count)
    ]
    return {"id": key, "messages": messages, "leaf": f"{key}-{count - 1}", **more}


def _exported(owner: str = "alice") -> bytes:
    found = []
    for key in exportable(owner):
        rows = message_rows(key, None).rows
        found.append(portable(tree_of(find_conversation(owner, key), rows)))
    return msgspec.json.encode({"format": "myllm", "version": 1, "conversations": found})


def test_a_transaction_stores_a_bounded_number_of_messages() -> None:
    known = 0
    for _ in _steps(_file(_chain(3 * BATCH_ROWS + 5))):
        assert Message.objects.count() - known <= BATCH_ROWS
        known = Message.objects.count()
    assert known == 3 * BATCH_ROWS + 5


def test_a_batch_takes_as_many_queries_late_as_early() -> None:
    steps = _steps(_file(_chain(6 * BATCH_ROWS)))
    counts = []
    for _ in range(6):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            next(steps)
        counts.append(len(queries))
    assert counts[1:] == [counts[1]] * 5
    assert sum(1 for _ in steps) == 1


def test_long_texts_are_stored_one_by_one() -> None:
    long = _chain(4)
    for message in long["messages"]:
        message["content"] = "x" * 20_000
    assert [one.messages for one in _steps(_file(long))] == [0, 0, 0, 0, 4]


def test_what_is_stored_in_between_is_a_tree_of_its_owner() -> None:
    for _ in _steps(_file(_chain(3 * BATCH_ROWS))):
        (key,) = exportable("alice")
        messages = tree_of(find_conversation("alice", key), message_rows(key, None).rows).messages
        known = {None, *(message.id for message in messages)}
        assert all(message.parent in known for message in messages)


def test_an_import_that_was_cut_is_completed_by_another() -> None:
    body = _file(_chain(4 * BATCH_ROWS, title="题", created_at="2026-01-01T00:00:00Z"))
    steps = _steps(body)
    next(steps)
    next(steps)
    steps.close()
    done = _import(body)
    assert (done.conversations, done.messages, done.known) == (0, 2 * BATCH_ROWS, 2 * BATCH_ROWS)
    assert Conversation.objects.get().leaf_id == f"c-{4 * BATCH_ROWS - 1}"
    again = _import(body)
    assert (again.conversations, again.messages, again.known) == (0, 0, 4 * BATCH_ROWS)


def test_an_import_cut_before_its_path_was_shown_shows_it_the_next_time() -> None:
    body = _file(_chain(3))
    steps = _steps(body)
    next(steps)
    steps.close()
    assert _import(body).known == 3
    assert Conversation.objects.get().leaf_id == "c-2"


def test_an_import_ends_when_its_conversation_is_being_removed() -> None:
    steps = _steps(_file(_chain(3 * BATCH_ROWS)))
    next(steps)
    Conversation.objects.update(owner=REMOVED)
    with pytest.raises(ChatError) as raised:
        next(steps)
    assert raised.value.code is ErrorCode.UNKNOWN_CONVERSATION
    assert Message.objects.count() == BATCH_ROWS


def test_a_conversation_being_removed_is_not_the_one_that_comes_in() -> None:
    body = _file(_chain(4))
    _import(body)
    Conversation.objects.update(owner=REMOVED)
    assert _import(body).messages == 4
    assert _import(body).known == 4
    Conversation.objects.filter(owner=REMOVED).delete()
    assert _import(body).known == 4
    assert Conversation.objects.count() == 1


def test_ids_made_to_look_like_derived_ones_lose_no_message() -> None:
    messages = [{"id": "é", "role": "user", "content": "1"}]
    _import(_file({"id": "other", "messages": messages}), "bob")
    taken = Message.objects.get().id
    made = [{"id": key, "role": "user", "content": str(n)} for n, key in enumerate(("é", taken), 1)]
    body = _file({"id": "c", "messages": made})
    assert _import(body).messages == 2
    assert _import(body).known == 2


def test_everything_is_cleaned() -> None:
    odd = "a\x00b"
    message = {"id": odd, "role": "assistant", "content": odd, "reasoning": odd, "model": odd}
    more = {"persona": odd, "title": odd, "system_prompt": odd, "options": {"top_k": 2}}
    _import(_file({"id": odd, "leaf": odd, "messages": [message], **more}))
    conversation = Conversation.objects.get()
    assert "\x00" not in repr(list(Conversation.objects.values()))
    assert conversation.options == {"top_k": 2}
    assert conversation.leaf is not None
    assert conversation.leaf.content == "a\ufffdb"
    assert Run.objects.get().model == "a\ufffdb"


_IDS = some.sampled_from(["a", "b", "c", "a-2", "é", "", "\x00", "x" * 40, "\ud800"]) | some.text(
    max_size=4
)
_TEXT = some.text(max_size=6) | some.sampled_from(["\x00", "\ud800", "😀", ""])
_DATES = some.sampled_from(
    [
        None,
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.999999-12:00",
        "2026-02-30T00:00:00Z",
        "2026-01-01T00:00:00",
        5,
    ]
)
_SECONDS = some.none() | some.floats() | some.integers() | some.sampled_from([10**400, -1e300])
_MESSAGES = some.fixed_dictionaries(
    {"id": _IDS, "role": some.sampled_from(["user", "assistant"]), "content": _TEXT},
    optional={
        "parent": some.none() | _IDS,
        "reasoning": _TEXT,
        "created_at": _DATES,
        "model": _TEXT,
        "status": some.sampled_from(["completed", "failed", "running"]),
        "finish_reason": some.sampled_from(["stop", "later", "\x00"]),
    },
)
_OPTIONS = some.fixed_dictionaries(
    {},
    optional={
        "seed": some.integers(),
        "top_k": some.integers(),
        "temperature": some.floats(),
        "stop": some.lists(_TEXT, max_size=2),
    },
)
_OWN = some.fixed_dictionaries(
    {"id": _IDS, "messages": some.lists(_MESSAGES, max_size=6)},
    optional={
        "title": _TEXT,
        "persona": _TEXT,
        "system_prompt": _TEXT,
        "leaf": some.none() | _IDS,
        "created_at": _DATES,
        "updated_at": _DATES,
        "options": _OPTIONS,
        "pinned": some.booleans() | some.integers(),
    },
)
_NODES = some.fixed_dictionaries(
    {},
    optional={
        "parent": some.none() | _IDS,
        "message": some.none()
        | some.fixed_dictionaries(
            {"author": some.sampled_from([{"role": "user"}, {"role": "assistant"}, {}])},
            optional={
                "content": some.sampled_from([None, {"parts": ["x", None, {"text": "y"}, [7]]}]),
                "create_time": _SECONDS,
                "metadata": some.sampled_from([None, {}, {"model_slug": "\x00"}]),
            },
        ),
    },
)
_CHATGPT = some.fixed_dictionaries(
    {"mapping": some.dictionaries(_IDS, _NODES, max_size=6)},
    optional={
        "title": some.none() | _TEXT,
        "id": some.none() | _IDS,
        "current_node": some.none() | _IDS,
        "create_time": _SECONDS,
        "update_time": _SECONDS,
    },
)
_BODIES = some.lists(_OWN, max_size=3).map(lambda found: _file(*found)) | some.lists(
    _CHATGPT, max_size=3
).map(lambda found: json.dumps(found).encode())


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(_BODIES)
def test_any_file_is_refused_or_stored_whole_and_can_be_exported(body: bytes) -> None:
    Message.objects.all().delete()
    Conversation.objects.all().delete()
    try:
        done = _import(body)
    except ChatError as error:
        refused = error
    else:
        assert done.known == 0
        assert done.messages == Message.objects.count()
        again = _import(body)
        assert (again.messages, again.conversations, again.known) == (0, 0, done.messages)
        assert _import(_exported()).messages == 0
        return
    assert refused.code is ErrorCode.BAD_IMPORT
    assert not Conversation.objects.exists()
