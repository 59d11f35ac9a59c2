"""How an owner names a model that Ollama runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from inference.config import EngineConfig
from inference.remote.account import Account
from inference.remote.ollama_backend import OllamaBackend
from inference.specs.ollama import OllamaReader
from inference.specs.reader import ModelSpecError
from inference.specs.registry import open_spec


def _opened(spec: str, account: Account | None = None) -> OllamaBackend:
    (backend,) = open_spec(spec, EngineConfig((spec,), Path("models")), account)
    assert isinstance(backend, OllamaBackend)
    return backend


@pytest.fixture(autouse=True)
def _usual(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OLLAMA_HOST", "OLLAMA_NUM_PARALLEL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("spec", "name", "host", "local"),
    [
        ("ollama/qwen3", "qwen3", "127.0.0.1:11434", True),
        ("ollama/qwen3:4b", "qwen3:4b", "127.0.0.1:11434", True),
        ("ollama/hf.co/Qwen/Q:Q4_K_M", "hf.co/Qwen/Q:Q4_K_M", "127.0.0.1:11434", True),
        ("ollama/a@http://localhost:7000", "a", "localhost:7000", True),
        ("ollama/a@http://10.0.0.2:11434", "a (10.0.0.2:11434)", "10.0.0.2:11434", False),
        ("ollama/gpt-oss:120b-cloud", "gpt-oss:120b-cloud", "127.0.0.1:11434", False),
    ],
)
def test_a_spec_names_the_model_and_perhaps_its_server(
    spec: str, name: str, host: str, local: bool
) -> None:
    backend = _opened(spec)
    assert (backend.card.id, backend.card.name, backend.card.local) == (spec, name, local)
    assert backend._address.host == host
    assert backend.card.memory is None


def test_the_server_is_at_ollamas_own_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "0.0.0.0:7000")
    assert _opened("ollama/a")._address.url == "http://127.0.0.1:7000"


def test_the_server_is_the_chosen_accounts() -> None:
    account = Account("ollama", "Study", "http://10.0.0.3:11434", lambda: "secret")
    assert _opened("ollama/a", account)._address.host == "10.0.0.3:11434"
    assert _opened("ollama/a", account)._key() == "secret"
    assert _opened("ollama/a@10.0.0.4", account)._address.host == "10.0.0.4:11434"


@pytest.mark.parametrize(
    ("spec", "preset", "home"),
    [
        ("ollama/a@10.0.0.4", "openai_compatible", "http://10.0.0.3:11434"),
        ("ollama/a@https://10.0.0.3:11434", "openai_compatible", "http://10.0.0.3:11434"),
        ("ollama/a@10.0.0.4", "openai_compatible", "http://[::1"),
        ("ollama/a", "deepseek", ""),
    ],
)
def test_a_key_goes_to_its_own_server_alone(spec: str, preset: str, home: str) -> None:
    assert _opened(spec, Account(preset, "Study", home, lambda: "secret"))._key() == ""


@pytest.mark.parametrize(("set_to", "slots"), [("", 1), ("4", 4), ("many", 1)])
def test_it_answers_as_many_at_once_as_ollama_does(
    monkeypatch: pytest.MonkeyPatch, set_to: str, slots: int
) -> None:
    monkeypatch.setenv("OLLAMA_NUM_PARALLEL", set_to)
    assert _opened("ollama/a").card.slots == slots


@pytest.mark.parametrize("spec", ["ollama/", "ollama", "ollama/a b", "ollama/a@", "Ollama/a@b c"])
def test_other_words_are_not_read(spec: str) -> None:
    assert not OllamaReader().reads(spec)


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ModelSpecError, match="no address"):
        _opened("ollama/a@ftp://host")


def test_a_file_of_such_a_name_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ollama").mkdir()
    (tmp_path / "ollama" / "a.gguf").touch()
    monkeypatch.chdir(tmp_path)
    assert not OllamaReader().reads("ollama/a.gguf")


def test_the_package_is_not_imported_before_a_model_of_ollamas_is_loaded() -> None:
    lines = (
        "import sys, inference",
        "from pathlib import Path",
        "config = inference.EngineConfig((), Path('models'))",
        "inference.open_spec('ollama/a@http://10.0.0.2:1', config)",
        "assert not {'ollama', 'httpx', 'pydantic'} & sys.modules.keys()",
    )
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True, timeout=120)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ModelSpecError, match="user:password@") as raised:
        _opened("ollama/a@http://me:s3cret@10.0.0.2:11434")
    assert "s3cret" not in str(raised.value)
