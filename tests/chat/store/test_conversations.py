"""The list's queries, and what is purged."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from chat.actor import REMOVED
from chat.models import Conversation, Message
from chat.store.batches import in_batches_here
from chat.store.conversations import (
    change_conversation,
    discard_conversations,
    list_conversations,
)
from chat.store.removal import remove_some
from hosting.purging import purge_deleted
from tests.overrides import Overrides

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("count", [1, 50])
def test_a_page_takes_one_query(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Conversation.objects.bulk_create(Conversation(owner="alice") for _ in range(count))
    with django_assert_num_queries(1):
        assert len(list_conversations("alice", "active", 50).conversations) == count


def test_only_what_was_deleted_long_ago_is_purged() -> None:
    now = timezone.now()
    for days in (None, 1, 40):
        deleted = None if days is None else now - timedelta(days=days)
        made = Conversation.objects.create(owner="alice", deleted_at=deleted)
        Message.objects.create(conversation=made, role="user", content="x")
    assert discard_conversations(now - timedelta(days=30)) == 1
    assert Conversation.objects.filter(owner=REMOVED).count() == 1
    in_batches_here(remove_some)
    assert Conversation.objects.count() == Message.objects.count() == 2


def test_the_command_purges_by_the_setting(conf: Overrides) -> None:
    conf.purge_days = 7
    for days in (6, 8):
        Conversation.objects.create(owner="alice", deleted_at=timezone.now() - timedelta(days=days))
    output = StringIO()
    call_command("purge", stdout=output)
    assert "1" in output.getvalue()
    purge_deleted()
    assert Conversation.objects.count() == 1


def test_choosing_a_branch_shows_it_to_its_end() -> None:
    made = Conversation.objects.create(owner="alice")
    question, answer, again = [
        Message.objects.create(conversation=made, role=role, content=role)
        for role in ("user", "assistant", "user")
    ]
    Message.objects.filter(pk=answer.id).update(parent=question)
    assert change_conversation("alice", made.id, {"leaf_id": question.id}).leaf == answer.id
    assert change_conversation("alice", made.id, {"leaf_id": again.id}).leaf == again.id
    assert change_conversation("alice", made.id, {"leaf_id": None}).leaf is None
