"""The tree: every branch with its position, the shown path, and few queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from chat import store
from chat.models import Conversation, Message
from chat.store import NewTurn
from chat.store.conversations import find_conversation
from chat.store.message_rows import Moment, message_rows
from chat.store.messages import Tree, tree_of, tree_version

pytestmark = pytest.mark.django_db(transaction=True)


def _turn(content: str, **more: str | None) -> NewTurn:
    given = {"owner": "alice", "client_msg_id": content, "content": content, "model": "m"}
    return NewTurn(**given | more)  # type: ignore[arg-type]


def _long(count: int) -> str:
    """A conversation of `count` messages, each a reply to the one before."""
    conversation = Conversation.objects.create(owner="alice")
    began = timezone.now()
    made = [
        Message(
            id=f"{conversation.id[:10]}{n}",
            conversation=conversation,
            parent_id=f"{conversation.id[:10]}{n - 1}" if n else None,
            role=("user", "assistant")[n % 2],
            content=str(n),
        )
        for n in range(count)
    ]
    Message.objects.bulk_create(made)
    for n, message in enumerate(made):
        message.created_at = began + timedelta(microseconds=n)
    Message.objects.bulk_update(made, ["created_at"], batch_size=200)
    return conversation.id


def load_tree(owner: str, conversation: str) -> Tree:
    rows = []
    after: Moment | None = None
    while (page := message_rows(conversation, after)).next:
        rows += page.rows
        after = page.next
    return tree_of(find_conversation(owner, conversation), rows + page.rows)


def test_branches_know_their_places() -> None:
    first = store.open_turn(_turn("一"))
    for text in "二三":
        store.open_turn(_turn(text, conversation=first.conversation, parent=first.message))
    tree = load_tree("alice", first.conversation)
    places = {m.content: (m.position, m.siblings) for m in tree.messages if m.role == "user"}
    assert places == {"一": (1, 1), "二": (1, 2), "三": (2, 2)}
    assert all(m.run is not None for m in tree.messages if m.role == "assistant")


def test_the_path_shown_goes_through_the_leaf_to_its_newest_reply() -> None:
    first = store.open_turn(_turn("一"))
    second = store.open_turn(_turn("二", conversation=first.conversation, parent=first.message))
    third = store.open_turn(_turn("三", conversation=first.conversation, parent=first.message))
    Conversation.objects.update(leaf=None)
    assert load_tree("alice", first.conversation).leaf == third.message
    Conversation.objects.update(leaf=second.user_message)
    assert load_tree("alice", first.conversation).leaf == second.message


def test_an_empty_conversation_has_no_leaf() -> None:
    assert load_tree("alice", Conversation.objects.create(owner="alice").id).leaf is None


def test_the_version_of_a_tree_is_known_without_it() -> None:
    turn = store.open_turn(_turn("一"))
    before = tree_version("alice", turn.conversation)
    assert before == load_tree("alice", turn.conversation).version
    Message.objects.get(pk=turn.message).run.delete()
    assert tree_version("alice", turn.conversation) != before
    assert tree_version("alice", _long(2)) == load_tree("alice", _long(2)).version


@pytest.mark.parametrize(("count", "queries"), [(1, 2), (499, 2), (2000, 6)])
def test_a_tree_takes_a_query_for_500_messages(
    count: int, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    conversation = _long(count)
    with django_assert_num_queries(queries):
        assert len(load_tree("alice", conversation).messages) == count


def test_long_texts_are_read_in_smaller_pages() -> None:
    conversation = _long(6)
    Message.objects.update(content="x" * 400_000)
    assert len(message_rows(conversation, None).rows) == 3
    assert len(load_tree("alice", conversation).messages) == 6


def test_a_reply_read_before_its_parent_begins_a_branch() -> None:
    conversation = _long(3)
    rows = message_rows(conversation, None).rows
    tree = tree_of(find_conversation("alice", conversation), rows[1:])
    assert tree.messages[0].parent is None
    assert tree.messages[1].parent == tree.messages[0].id
