"""`pair` and `members`, as a person at the computer types them."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from chat.management.commands import members
from chat.members.passwords import matches
from chat.members.tokens import digest
from chat.models import Device, Member
from chat.store.pairing_codes import use_code
from chat.terminal import language
from chat.terminal.refusal import Refusal
from hosting.management.commands import pair
from tests.overrides import Overrides

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch, conf: Overrides) -> None:
    conf.pairing = True
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)
    monkeypatch.setattr(pair, "reachable", lambda host: ("192.168.1.5",))


def _pair(capsys: pytest.CaptureFixture[str], **options: Any) -> Member:
    """The member whose device the printed code creates."""
    call_command("pair", **options)
    found = re.search(r"http://192\.168\.1\.5:(\d+)/#pair=([\w-]{22})", capsys.readouterr().out)
    assert found
    assert int(found[1]) == options.get("port", 8000)
    use_code(digest(found[2]), "Phone", digest("t"))
    return Device.objects.get().member


def _members(**options: Any) -> str:
    out = StringIO()
    call_command("members", stdout=out, **options)
    return out.getvalue()


def test_it_pairs_a_device_of_the_owners(capsys: pytest.CaptureFixture[str]) -> None:
    assert _pair(capsys, port=8123).role == "owner"
    assert _members() == "(no name)  owner  1 devices\n"


def test_it_pairs_a_device_of_a_named_member(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Ming  member  0 devices\n" in _members(add="Ming\u202e", colour="#c2410c")
    assert _pair(capsys, member="Ming").colour == "#c2410c"


def test_it_pairs_a_guest_of_today(capsys: pytest.CaptureFixture[str]) -> None:
    guest = _pair(capsys, guest=True)
    assert (guest.role, guest.expires_at is not None) == ("guest", True)
    assert "guest of today" in _members()


def test_an_unknown_member_is_one_sentence() -> None:
    with pytest.raises(Refusal, match="wasn’t found"):
        call_command("pair", member="Nobody")


def test_without_pairing_it_names_the_setting(conf: Overrides) -> None:
    conf.pairing = False
    with pytest.raises(Refusal, match="MYLLM_PAIRING=1"):
        call_command("pair")


def test_limits_and_a_password_are_set_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "getpass", lambda asked: "correct horse battery")
    output = _members(add="Ming", messages_per_day=50, runs_at_once=2, password=True)
    assert "Ming  member  0 devices  password  messages_per_day=50  runs_at_once=2\n" in output
    assert matches("correct horse battery", Member.objects.get(name="Ming").password)
    monkeypatch.setattr(members, "getpass", lambda asked: "")
    output = _members(change="Ming", messages_per_day=None, password=True)
    assert "Ming  member  0 devices  runs_at_once=2\n" in output


def test_the_owner_is_changed_by_the_word_owner() -> None:
    assert "owner  0 devices  messages_per_minute=0\n" in _members(
        change="owner", messages_per_minute=0
    )


def test_what_cannot_be_changed_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refusal, match="--change"):
        _members(messages_per_day=5)
    with pytest.raises(Refusal, match="wasn’t found"):
        _members(change="Nobody", messages_per_day=5)
    monkeypatch.setattr(members, "getpass", lambda asked: "12345678")
    with pytest.raises(Refusal, match="password"):
        _members(add="Ming", password=True)


@pytest.mark.parametrize(("add", "colour"), [("\u202e", ""), ("Ming", "red")])
def test_what_cannot_be_shown_is_refused(add: str, colour: str) -> None:
    with pytest.raises(Refusal):
        _members(add=add, colour=colour)
    assert not Member.objects.exists()


def test_a_member_is_kept_from_models_of_providers_and_limited() -> None:
    _members(add="Ming")
    output = _members(change="Ming", remote_models="no", remote_tokens_per_day=500)
    assert "remote_tokens_per_day=500" in output
    assert "remote_models=False" in output
    assert "remote_models" not in _members(change="Ming", remote_models="usual")
