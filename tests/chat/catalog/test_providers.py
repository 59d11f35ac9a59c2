"""Accounts at providers, as their owner makes and changes them."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from chat.actor import Role
from chat.encryption import decrypt
from chat.models import Provider
from chat.service import ChatService
from chat.store import in_database
from chat.store.providers import find_provider
from tests.chat.paired_server import Caller, owner, program

KEY = "sk-0123456789"
pytestmark = pytest.mark.usefixtures("paired_service")


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEEPSEEK_API_KEY", raising=False)


async def _add(caller: Caller, **changes: object) -> Any:
    return await caller.call("POST", "/providers", {"preset": "deepseek"} | changes)


async def _listed(caller: Caller) -> Any:
    return (await caller.call("GET", "/providers")).json()


async def test_presets_say_where_a_key_is_made() -> None:
    presets = {one["id"]: one for one in (await _listed(owner()))["presets"]}
    assert presets["deepseek"]["key_url"].startswith("https://platform.deepseek.com")
    assert presets["deepseek"]["variable"] == "DEEPSEEK_API_KEY"
    assert presets["vllm"]["needs_key"] is False


async def test_a_key_is_kept_encrypted_and_never_shown() -> None:
    made = await _add(owner(), key=KEY)
    assert (made.status_code, made.json()["has_key"], made.json()["key_from"]) == (
        201,
        True,
        "stored",
    )
    shown = await owner().call("GET", "/providers")
    assert KEY not in made.text + shown.text
    row = await in_database(Provider.objects.get)
    assert KEY not in row.key
    assert decrypt(row.key) == KEY


async def test_without_a_key_the_environments_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    made = (await _add(owner())).json()
    assert (made["name"], made["has_key"], made["key_from"]) == ("DeepSeek", False, None)
    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    (account,) = (await _listed(owner()))["providers"]
    assert (account["has_key"], account["key_from"]) == (True, "environment")


async def test_an_empty_key_revokes_the_stored_one() -> None:
    account = (await _add(owner(), key=KEY)).json()["id"]
    changed = (await owner().call("PATCH", f"/providers/{account}", {"key": ""})).json()
    assert changed["key_from"] is None
    assert (await in_database(Provider.objects.get)).key == ""


async def test_a_key_of_another_secret_key_counts_as_missing(
    paired_service: ChatService, settings: Settings
) -> None:
    account = (await _add(owner(), key=KEY)).json()["id"]
    settings.SECRET_KEY = "another"
    row = await in_database(Provider.objects.get)
    paired_service.listing.accounts.remember([await in_database(find_provider, row.id)])
    (shown,) = (await _listed(owner()))["providers"]
    assert (shown["id"], shown["has_key"]) == (account, False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"preset": "nobody"}, "`preset`"),
        ({"base_url": "ftp://a.example"}, "`base_url`"),
        ({"base_url": "https://name:secret@a.example/v1"}, "`base_url`"),
        ({"base_url": "https://a.example/|https://name:secret@b.example"}, "`base_url`"),
        ({"base_url": "http://[::1"}, "`base_url`"),
        ({"base_url": "http://a.example:port"}, "`base_url`"),
        ({"preset": "vllm", "base_url": "nowhere"}, "`base_url`"),
        ({"key": "sk with blanks\nX-Injected: 1"}, "`key`"),
        ({"key": "密钥"}, "`key`"),
    ],
)
async def test_what_cannot_be_is_refused_by_its_name(changes: dict[str, str], field: str) -> None:
    refused = await _add(owner(), **changes)
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_field")
    assert field in refused.json()["message"]
    assert "secret" not in refused.text
    assert "Injected" not in refused.text


async def test_its_models_go_with_it() -> None:
    account = (await _add(owner(), key=KEY)).json()["id"]
    wanted = {"spec": "deepseek/deepseek-chat", "provider": account}
    added = (await owner().call("POST", "/models", wanted)).json()
    assert (added["local"], added["provider"]) == (False, "DeepSeek")
    assert (await owner().call("DELETE", f"/providers/{account}")).status_code == 204
    models = (await owner().call("GET", "/models")).json()["models"]
    assert added["id"] not in [one["id"] for one in models]
    missing = await owner().call("PATCH", f"/providers/{account}", {"name": "x"})
    assert (missing.status_code, missing.json()["code"]) == (404, "unknown_provider")


async def test_a_new_provider_name_is_published_with_its_models() -> None:
    account = (await _add(owner(), key=KEY)).json()["id"]
    wanted = {"spec": "deepseek/deepseek-chat", "provider": account}
    model = (await owner().call("POST", "/models", wanted)).json()["id"]
    renamed = await owner().call("PATCH", f"/providers/{account}", {"name": "公司的账号"})
    assert renamed.json()["name"] == "公司的账号"
    models = (await owner().call("GET", "/models")).json()["models"]
    assert {one["id"]: one["provider"] for one in models}[model] == "公司的账号"


async def test_the_owners_programs_read_and_change_nothing() -> None:
    script = await program(Role.OWNER)
    assert "presets" in await _listed(script)
    assert (await _add(script)).json()["code"] == "not_allowed"


async def _key_of(account: str) -> Any:
    (shown,) = [one for one in (await _listed(owner()))["providers"] if one["id"] == account]
    return shown["key_from"]


async def test_a_key_does_not_follow_to_another_server() -> None:
    account = (await _add(owner(), key=KEY)).json()["id"]
    path = f"/providers/{account}"
    await owner().call("PATCH", path, {"base_url": "https://api.deepseek.com/beta"})
    assert await _key_of(account) == "stored"
    moved = await owner().call("PATCH", path, {"base_url": "https://elsewhere.example"})
    assert moved.json()["key_from"] is None
    await owner().call("PATCH", path, {"base_url": ""})
    assert await _key_of(account) is None
    assert (await in_database(Provider.objects.get)).key == ""


async def test_a_key_that_comes_with_an_address_is_not_sent_to_the_one_before(
    paired_service: ChatService,
) -> None:
    account = (await _add(owner(), key=KEY)).json()["id"]
    before = paired_service.listing.accounts.account(await in_database(find_provider, account))
    changes = {"base_url": "https://elsewhere.example", "key": "sk-newer"}
    moved = await owner().call("PATCH", f"/providers/{account}", changes)
    assert moved.json()["key_from"] == "stored"
    assert before.key() == ""
    after = paired_service.listing.accounts.account(await in_database(find_provider, account))
    assert after.key() == "sk-newer"


async def test_a_key_of_the_environment_is_for_the_providers_own_address(
    monkeypatch: pytest.MonkeyPatch, paired_service: ChatService
) -> None:
    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    made = (await _add(owner(), base_url="https://elsewhere.example")).json()
    assert made["key_from"] is None
    stored = await in_database(find_provider, made["id"])
    assert paired_service.listing.accounts.account(stored).key() == ""
