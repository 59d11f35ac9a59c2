"""The command `apikey`."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from chat.actor import OWNER
from chat.members.tokens import digest
from chat.store.devices import known_device
from chat.store.members import add_member
from chat.terminal import language
from chat.terminal.refusal import Refusal
from tests.overrides import Overrides

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, conf: Overrides) -> None:
    conf.pairing = True
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("apikey", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_key_is_shown_once_and_is_the_owners() -> None:
    key = run("create", "Home Assistant").strip()
    known = known_device(digest(key))
    assert known
    assert (known.member, known.is_key) == (OWNER, True)
    assert key not in run("list")
    assert f"{known.id}  Home Assistant  owner  last used " in run("list")


def test_an_unused_key_of_a_member() -> None:
    ming = add_member("Ming")
    run("create", "Script", "--member", "Ming")
    assert run("list").endswith("  Script  Ming  never used\n")
    assert ming.devices == 0


def test_a_revoked_key_is_refused() -> None:
    key = run("create", "Script").strip()
    assert "Script" in run("revoke", "Script")
    assert known_device(digest(key)) is None
    assert run("list") == ""


def test_the_id_distinguishes_keys_with_one_name() -> None:
    run("create", "Script")
    run("create", "Script")
    with pytest.raises(Refusal, match="2 keys"):
        run("revoke", "Script")
    first = run("list").split()[0]
    run("revoke", first)
    assert first not in run("list")


def test_what_is_not_there_is_one_sentence() -> None:
    with pytest.raises(Refusal, match="no key"):
        run("revoke", "Script")
    with pytest.raises(Refusal, match="wasn’t found"):
        run("create", "Script", "--member", "Nobody")
    with pytest.raises(Refusal, match="name"):
        run("create", "\u202e")


def test_without_pairing_no_key_is_needed(conf: Overrides) -> None:
    conf.pairing = False
    with pytest.raises(Refusal, match="MYLLM_PAIRING=0"):
        run("create", "Script")
