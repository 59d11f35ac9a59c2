"""Models of providers and of servers, as an owner writes them."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from inference.config import EngineConfig
from inference.remote.account import Account
from inference.remote.openai_compatible import OpenAiCompatibleBackend
from inference.remote.presets import PROVIDER_PRESETS, environment_account
from inference.specs.reader import ModelSpecError
from inference.specs.registry import check_spec, open_spec
from inference.transformers_engine.backend import TransformersBackend
from inference.types import ModelState

CONFIG = EngineConfig(("builtin",), Path("models"), provider_slots=3)


def _open(spec: str, account: Account | None = None) -> OpenAiCompatibleBackend:
    (backend,) = open_spec(spec, CONFIG, account)
    assert isinstance(backend, OpenAiCompatibleBackend)
    return backend


@pytest.mark.parametrize(
    ("spec", "name", "urls"),
    [
        ("deepseek/deepseek-chat", "deepseek-chat", ["https://api.deepseek.com"]),
        (
            "siliconflow/deepseek-ai/DeepSeek-V3",
            "deepseek-ai/DeepSeek-V3",
            ["https://api.siliconflow.cn/v1"],
        ),
        ("vllm/Qwen/Qwen3-8B", "Qwen/Qwen3-8B", ["http://127.0.0.1:8000/v1"]),
        ("vllm/m@http://a:1/v1|http://b:2/v1", "m", ["http://a:1/v1", "http://b:2/v1"]),
        ("openrouter/a/b@free", "a/b@free", ["https://openrouter.ai/api/v1"]),
        ("http://127.0.0.1:8001/v1#Qwen/Qwen3", "Qwen/Qwen3", ["http://127.0.0.1:8001/v1"]),
        ("http://a:1/v1|http://b:1/v1#m", "m", ["http://a:1/v1", "http://b:1/v1"]),
        ("https://models.example.com/v1#m", "m", ["https://models.example.com/v1"]),
        ("http://127.0.0.1:8001/v1", "", ["http://127.0.0.1:8001/v1"]),
    ],
)
def test_a_spec_names_a_model_and_where_it_is(spec: str, name: str, urls: list[str]) -> None:
    model = _open(spec)._model
    assert model.name == name
    assert [endpoint.url for endpoint in model.endpoints] == urls


@pytest.mark.parametrize(
    ("spec", "id_", "shown"),
    [
        ("deepseek/deepseek-chat", "deepseek/deepseek-chat", "deepseek-chat"),
        ("http://127.0.0.1:8001/v1#m", "127.0.0.1:8001/m", "m"),
        ("http://a:1|http://b:1#/models/Qwen3.gguf", "a:1/models/Qwen3.gguf", "Qwen3"),
        ("http://127.0.0.1:8001/v1", "127.0.0.1:8001", "127.0.0.1:8001"),
    ],
)
def test_a_remote_model_has_an_id_and_a_name(spec: str, id_: str, shown: str) -> None:
    card = _open(spec).card
    assert (card.id, card.name, card.slots) == (id_, shown, 3)


def test_the_key_is_in_the_providers_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for preset in PROVIDER_PRESETS:
        for variable in preset.variables:
            monkeypatch.delenv(variable, raising=False)
    backend = _open("zhipu/glm-5")
    assert backend.card.state is ModelState.UNLOADED
    monkeypatch.setenv("ZAI_API_KEY", "second")
    assert backend._model.key == "second"
    monkeypatch.setenv("ZHIPUAI_API_KEY", "first")
    assert backend._model.key == "first"
    monkeypatch.setenv("OPENAI_API_KEY", "other")
    assert _open("http://127.0.0.1:8001/v1#m")._model.key == "other"
    assert _open("openai/gpt")._model.key == "other"


def test_an_account_that_the_owner_chose_is_used() -> None:
    mine = Account("deepseek", "Mine", "https://relay.example.com/v1", lambda: "k")
    backend = _open("deepseek/deepseek-chat", mine)
    assert backend.card.provider == "Mine"
    assert backend._model.endpoints[0].host == "relay.example.com"
    assert backend._model.key == "k"


@pytest.mark.parametrize(
    ("spec", "generated"),
    [
        ("http://me:s3cret@127.0.0.1:8001/v1#m", "may not contain user:password@"),
        ("vllm/m@https://me:s3cret@a/v1", "may not contain user:password@"),
        ("http://127.0.0.1:8001|nonsense#m", "begins with http"),
        ("http://127.0.0.1:99999/v1#m", "not an address"),
        ("http://[::1#m", "not an address"),
        ("deepseek/m@http://[::1", "not an address"),
        ("azure/gpt", "azure/gpt@https://"),
        ("openai_compatible/m", "openai_compatible/m@https://"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_a_reason(spec: str, generated: str) -> None:
    with pytest.raises(ModelSpecError, match=generated) as raised:
        open_spec(spec, replace(CONFIG, keys_for_any_address=False))
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize("spec", ["deepseek/", "deepseek", "ftp://a#m"])
def test_what_is_no_provider_is_not_understood(spec: str) -> None:
    with pytest.raises(ModelSpecError, match="unknown model"):
        check_spec(spec)


def test_a_folder_of_the_same_name_wins_and_that_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "deepseek" / "deepseek-chat"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    with caplog.at_level(logging.INFO):
        (backend,) = open_spec("deepseek/deepseek-chat", CONFIG)
    assert isinstance(backend, TransformersBackend)
    assert "deepseek/deepseek-chat is read as a folder" in caplog.text


def test_nothing_is_logged_of_a_spec_with_one_reading(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        open_spec("http://127.0.0.1:8001/v1#m", CONFIG)
    assert not caplog.text


def test_an_account_shows_no_key() -> None:
    account = environment_account(PROVIDER_PRESETS[0])
    assert "key" not in repr(account)


OWN = "https://relay.example/v1"


@pytest.mark.parametrize(
    ("spec", "key"),
    [
        ("deepseek/m", "secret"),
        (f"deepseek/m@{OWN}", "secret"),
        ("deepseek/m@https://RELAY.example:443/v2", "secret"),
        ("deepseek/m@http://relay.example/v1", ""),
        ("deepseek/m@https://relay.example.evil.example", ""),
        (f"deepseek/m@{OWN}|https://evil.example", ""),
        ("https://evil.example/v1#m", ""),
    ],
)
def test_an_accounts_key_goes_to_its_own_server_alone(spec: str, key: str) -> None:
    assert _open(spec, Account("deepseek", "Relay", OWN, lambda: "secret"))._model.key == key


@pytest.mark.parametrize(
    ("spec", "key"),
    [
        ("deepseek/m", "paid"),
        ("deepseek/m@https://api.deepseek.com/beta", "paid"),
        ("deepseek/m@http://api.deepseek.com", ""),
        ("deepseek/m@https://evil.example", ""),
        ("https://evil.example/v1#m", ""),
        ("http://127.0.0.1:8001/v1|https://evil.example#m", ""),
        ("http://127.0.0.1:8001/v1#m", "paid"),
    ],
)
def test_a_key_of_the_environment_goes_to_no_address_that_was_typed(
    spec: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DEEPSEEK_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(variable, "paid")
    (backend,) = open_spec(spec, replace(CONFIG, keys_for_any_address=False))
    assert isinstance(backend, OpenAiCompatibleBackend)
    assert backend._model.key == key
