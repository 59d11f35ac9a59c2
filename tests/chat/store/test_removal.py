"""Removal runs in small transactions and is complete, also after interruptions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from chat.actor import OWNER, REMOVED
from chat.errors import ChatError, ErrorCode
from chat.models import Conversation, Device, Member, Message, PairingCode, Persona, Run
from chat.store.allowance import Limits, limits_of
from chat.store.batches import BATCH_ROWS, in_batches_here
from chat.store.devices import create_device, known_device
from chat.store.members import (
    add_member,
    change_member,
    ensure_member,
    expire_member,
    find_member,
    list_members,
)
from chat.store.pairing_codes import make_code, use_code
from chat.store.removal import remove_some

pytestmark = pytest.mark.django_db(transaction=True)
_COUNT = 3 * BATCH_ROWS + 7


def _chain(owner: str, count: int = _COUNT) -> Conversation:
    """Each message replies to the one before; every second has a run."""
    made = Conversation.objects.create(owner=owner)
    roles = ("user", "assistant")
    messages = [
        Message(
            id=f"{made.id[:16]}-{n}",
            conversation=made,
            parent_id=f"{made.id[:16]}-{n - 1}" if n else None,
            role=roles[n % 2],
            content="x",
        )
        for n in range(count)
    ]
    Message.objects.bulk_create(messages)
    Run.objects.bulk_create(
        Run(message=one, owner=owner, client_msg_id=one.id, model="m") for one in messages[1::2]
    )
    Conversation.objects.filter(pk=made.id).update(leaf=messages[-1].id)
    return made


def _removed_at_once() -> int:
    before = Message.objects.count()
    assert remove_some()
    return before - Message.objects.count()


def test_a_member_with_many_messages_is_removed_in_small_transactions() -> None:
    member = add_member("Ming").id
    _chain(member)
    kept = _chain("another", 4)
    Persona.objects.create(owner=member, name="x", prompt="x")
    expire_member(member)
    sizes: list[int] = []
    while Message.objects.filter(conversation__owner__in=(member, REMOVED)).exists():
        sizes.append(_removed_at_once())
    assert max(sizes) == BATCH_ROWS
    in_batches_here(remove_some)
    assert not Member.objects.filter(pk=member).exists()
    assert not Persona.objects.filter(owner=member).exists()
    assert not Run.objects.filter(owner=member).exists()
    assert Message.objects.count() == kept.messages.count() == 4


def test_long_texts_go_in_smaller_transactions() -> None:
    made = _chain(REMOVED, 6)
    made.messages.update(content="x" * 10_000)
    assert [_removed_at_once() for _ in range(6)] == [1] * 6


@pytest.mark.parametrize("shape", ["clock set back", "circle", "fan"])
def test_trees_of_any_shape_are_removed(shape: str) -> None:
    made = _chain(REMOVED)
    first = made.messages.order_by("created_at", "id").first()
    assert first
    match shape:
        case "clock set back":
            for number, message in enumerate(made.messages.order_by("created_at")):
                moment = timezone.now() - timedelta(days=number)
                Message.objects.filter(pk=message.pk).update(created_at=moment)
        case "circle":
            made.messages.filter(parent=None).update(parent=made.messages.last())
        case "fan":
            late = timezone.now() + timedelta(days=1)
            made.messages.exclude(pk=first.pk).update(parent=first)
            made.messages.filter(pk=first.pk).update(created_at=late)
    while Conversation.objects.exists():
        assert _removed_at_once() <= BATCH_ROWS


def test_an_interrupted_removal_continues() -> None:
    member = add_member("Ming").id
    _chain(member)
    expire_member(member)
    for _ in range(3):
        remove_some()
    in_batches_here(remove_some)
    assert not Message.objects.exists()
    assert not remove_some()


def test_a_member_is_out_before_anything_of_theirs_is_removed() -> None:
    member = add_member("Ming").id
    create_device(member, "Phone", "token")
    make_code("code", member, timedelta(minutes=1))
    expire_member(member)
    assert known_device("token") is None
    assert [one.id for one in list_members()] == [OWNER]
    for refused in (
        lambda: find_member(member),
        lambda: change_member(member, {"name": "x"}),
        lambda: expire_member(member),
    ):
        with pytest.raises(ChatError) as raised:
            refused()
        assert raised.value.code is ErrorCode.UNKNOWN_MEMBER
    with pytest.raises(ChatError):
        use_code("code", "Phone", "other")
    with pytest.raises(ChatError):
        limits_of(member, Limits())
    with pytest.raises(ChatError):
        ensure_member(member, "Ming")
    assert not Device.objects.exists()
    assert not PairingCode.objects.exists()


def test_the_owner_is_never_removed() -> None:
    list_members()
    with pytest.raises(ChatError):
        expire_member(OWNER)
    Member.objects.filter(pk=OWNER).update(expires_at=timezone.now())
    assert not remove_some()
