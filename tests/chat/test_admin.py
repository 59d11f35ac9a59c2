"""The admin's pages: all can be opened, with few queries, and ids and runs are read-only."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from chat import store
from chat.members.passwords import matches
from chat.models import Conversation, Device, Member, Message, Persona, Run
from chat.run_events import RunEnded, TextSnapshot
from chat.store import Checkpoint, NewTurn, Turn

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = ("conversation", "message", "run", "persona", "member", "device")


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin"))
    return client


def _turn(number: int = 0) -> Turn:
    Persona.objects.create(owner="alice", name=f"p{number}", prompt="x")
    member = Member.objects.create(name=f"m{number}")
    Device.objects.create(member=member, name=f"m{number}", token_hash=f"hash {number}")
    wanted = NewTurn(owner="alice", client_msg_id=f"m{number}", content=f"问题 {number}", model="m")
    return store.open_turn(wanted)


def _change(model: str, key: str) -> str:
    return reverse(f"admin:chat_{model}_change", args=[key])


@pytest.mark.parametrize("model", MODELS)
def test_a_list_takes_as_many_queries_for_fifty_as_for_one(
    model: str, staff: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(50):
        _turn(number)
    with django_assert_max_num_queries(9):
        page = staff.get(reverse(f"admin:chat_{model}_changelist"), {"q": "m"})
    assert page.status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_the_admin_requires_a_login(model: str, client: Client) -> None:
    assert client.get(reverse(f"admin:chat_{model}_changelist")).status_code == 302


def test_ids_and_revisions_cannot_be_edited(staff: Client) -> None:
    turn = _turn()
    page = staff.get(_change("conversation", turn.conversation)).content.decode()
    assert 'name="title"' in page
    assert not any(f'name="{field}"' in page for field in ("id", "owner", "revision"))


def test_a_change_raises_the_revision(staff: Client) -> None:
    turn = _turn()
    before = Conversation.objects.get(pk=turn.conversation).revision
    changes = {"title": "新标题", "options": "{}", "system_prompt": ""}
    response = staff.post(_change("conversation", turn.conversation), changes)
    after = Conversation.objects.get(pk=turn.conversation)
    assert response.status_code == 302
    assert (after.title, after.revision) == ("新标题", before + 1)


def test_an_answer_being_written_cannot_be_edited_and_a_finished_one_can(staff: Client) -> None:
    turn = _turn()
    address = _change("message", turn.message)
    assert staff.post(address, {"content": "x"}).status_code == 403
    text = TextSnapshot(1, 3, "m", "", "好")
    store.save([Checkpoint(turn.run, text)], {turn.run: RunEnded("completed", "stop")})
    assert staff.post(address, {"content": "更好", "reasoning": ""}).status_code == 302
    assert Message.objects.get(pk=turn.message).content == "更好"


def test_a_run_can_be_looked_at_and_nothing_more(staff: Client) -> None:
    turn = _turn()
    address = _change("run", turn.run)
    assert staff.get(address).status_code == 200
    assert staff.post(address, {"status": "completed"}).status_code == 403
    assert Run.objects.get().status == "running"


def test_a_password_is_set_and_never_shown(staff: Client) -> None:
    _turn()
    address = _change("member", Member.objects.get().id)
    changes = {"name": "Ming", "new_password": "12345678", "messages_per_day": "5"}
    assert staff.post(address, changes).status_code == 200
    assert staff.post(address, changes | {"new_password": "long and odd"}).status_code == 302
    member = Member.objects.get()
    assert (member.messages_per_day, matches("long and odd", member.password)) == (5, True)
    assert staff.post(address, changes | {"new_password": ""}).status_code == 302
    assert Member.objects.get().password == member.password
    assert member.password not in staff.get(address).content.decode()


def test_a_devices_secret_is_not_shown_and_a_member_not_taken_away_alone(staff: Client) -> None:
    _turn()
    device = Device.objects.get()
    assert "hash 0" not in staff.get(_change("device", device.id)).content.decode()
    delete = reverse("admin:chat_member_delete", args=[device.member_id])
    assert staff.post(delete, {"post": "yes"}).status_code == 403
