"""Which models a member may use, and how many tokens of providers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from chat import store
from chat.actor import OWNER, VISITORS, Role
from chat.errors import ChatError
from chat.models import Run
from chat.run_events import RunEnded, TextSnapshot
from chat.store import Checkpoint, NewTurn
from chat.store.members import add_member, change_member
from chat.store.model_access import ModelAccess, UsualAccess, access_of, check_remote_tokens

pytestmark = pytest.mark.django_db(transaction=True)

USUAL = UsualAccess()
NEITHER = ModelAccess(is_owner=False, remote=False)
REMOTE = ModelAccess(is_owner=False, remote=True)


def test_by_the_role_where_the_member_has_nothing_of_their_own() -> None:
    guest = add_member("", role=Role.GUEST, expires_at=timezone.now() + timedelta(hours=1))
    assert access_of(OWNER, USUAL) == ModelAccess(is_owner=True, remote=True)
    assert access_of(add_member("Ming").id, USUAL) == REMOTE
    assert access_of(guest.id, USUAL) == NEITHER
    assert access_of(VISITORS, USUAL) == NEITHER


def test_the_settings_decide_for_members_and_guests() -> None:
    member = add_member("Ming").id
    assert access_of(member, UsualAccess(members=False)) == NEITHER
    assert access_of(VISITORS, UsualAccess(guests=True)) == REMOTE


@pytest.mark.parametrize("allowed", [True, False])
def test_the_members_own_row_counts_more(allowed: bool) -> None:
    member = add_member("Ming").id
    change_member(member, {"remote_models": allowed})
    assert access_of(member, UsualAccess(members=not allowed)).remote is allowed


def test_without_a_known_owner_all_have_the_rights_of_guests() -> None:
    assert access_of(OWNER, UsualAccess(is_owner_known=False)) == NEITHER
    assert access_of(OWNER, UsualAccess(is_owner_known=False, guests=True)) == REMOTE


@pytest.mark.parametrize(("is_local", "owner_only"), [(True, False), (False, False), (True, True)])
def test_the_owner_may_use_every_model(is_local: bool, owner_only: bool) -> None:
    owner = ModelAccess(is_owner=True, remote=True)
    assert owner.allows(is_local=is_local, owner_only=owner_only)
    assert NEITHER.allows(is_local=is_local, owner_only=owner_only) is (is_local and not owner_only)


def _spend(number: int, tokens: int, hours_ago: float, owner: str = "ming") -> None:
    turn = store.open_turn(NewTurn(owner=owner, client_msg_id=str(number), content="a", model="m"))
    text = TextSnapshot(1, 1, "m", "", "", 0, "DeepSeek")
    store.save([Checkpoint(turn.run, text, 0, tokens)], {turn.run: RunEnded("completed", "stop")})
    began = timezone.now() - timedelta(hours=hours_ago)
    Run.objects.filter(pk=turn.run).update(created_at=began)


def test_below_the_limit_runs_are_allowed() -> None:
    _spend(1, 999, 1)
    check_remote_tokens("ming", 1000)
    check_remote_tokens("ming", 0)


def test_at_the_limit_the_wait_is_until_enough_is_a_day_old() -> None:
    for number, (tokens, hours_ago) in enumerate([(400, 23), (500, 20), (600, 2)]):
        _spend(number, tokens, hours_ago)
    with pytest.raises(ChatError) as raised:
        check_remote_tokens("ming", 1000)
    assert raised.value.code == "remote_tokens_used_up"
    # The first two have to go: the third alone is below the limit.
    assert raised.value.detail["limit"] == 1000
    assert 239 <= int(raised.value.detail["minutes"]) <= 240


def test_what_is_a_day_old_or_anothers_does_not_count() -> None:
    _spend(1, 5000, 25)
    _spend(2, 5000, 1, owner="hua")
    check_remote_tokens("ming", 1000)
