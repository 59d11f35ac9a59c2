"""The program code of a model: shown to the owner, run only as shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chat import engine
from chat.actor import Role
from chat.models import ListedModel
from chat.service import ChatService
from chat.store import in_database
from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.specs.registry import open_spec
from tests.chat.paired_server import Caller, owner, paired, program


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model's folder with code of its own; nothing of it is loaded here."""
    made = tmp_path / "Own"
    made.mkdir()
    auto_map = {"AutoConfig": "own.OwnConfig", "AutoModelForCausalLM": "own.OwnModel"}
    (made / "config.json").write_text(json.dumps({"model_type": "own", "auto_map": auto_map}))
    (made / "own.py").write_text("print('它会运行')\n", encoding="utf-8")
    return made


async def _added(folder: Path) -> str:
    added = await owner().call("POST", "/models", {"spec": str(folder)})
    assert added.status_code == 201, added.content
    return str(added.json()["id"])


async def _code(caller: Caller, model: str) -> Any:
    return await caller.call("GET", f"/models/{model}/code")


async def _allow(caller: Caller, model: str, digest: str) -> Any:
    return await caller.call("POST", f"/models/{model}/code", {"digest": digest})


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """The digests that may run, each time a model is opened."""
    seen: list[frozenset[str]] = []

    def spy(spec: str, config: EngineConfig, *others: Any) -> list[Backend]:
        seen.append(config.trusted_code)
        return open_spec(spec, config, *others)

    monkeypatch.setattr(engine, "open_spec", spy)
    return seen


async def test_the_owner_reads_what_would_run(paired_service: ChatService, folder: Path) -> None:
    model = await _added(folder)
    shown = (await _code(owner(), model)).json()
    text = "print('它会运行')\n"
    assert shown["files"] == [{"name": "own.py", "size": len(text.encode()), "text": text}]
    assert (len(shown["digest"]), shown["trusted"]) == (64, False)
    assert (await _code(await program(Role.OWNER), model)).status_code == 200
    assert (await _code(await paired(Role.MEMBER), model)).status_code == 403


async def test_what_is_allowed_is_that_code_alone(
    paired_service: ChatService, folder: Path, opened: list[frozenset[str]]
) -> None:
    model = await _added(folder)
    digest = (await _code(owner(), model)).json()["digest"]
    assert (await _allow(owner(), model, digest)).status_code == 200
    assert (await _code(owner(), model)).json()["trusted"]
    assert opened == [frozenset(), {digest}]
    assert (await in_database(ListedModel.objects.get)).trusted_code == digest
    (folder / "own.py").write_text("print('anderes')\n")
    changed = (await _code(owner(), model)).json()
    assert not changed["trusted"]
    assert changed["digest"] != digest


async def test_code_that_changed_since_it_was_shown_is_not_allowed(
    paired_service: ChatService, folder: Path, opened: list[frozenset[str]]
) -> None:
    model = await _added(folder)
    digest = (await _code(owner(), model)).json()["digest"]
    (folder / "own.py").write_text("print('anderes')\n")
    refused = await _allow(owner(), model, digest)
    assert (refused.status_code, refused.json()["code"]) == (409, "code_changed")
    assert opened == [frozenset()]


async def test_the_permission_is_taken_back(
    paired_service: ChatService, folder: Path, opened: list[frozenset[str]]
) -> None:
    model = await _added(folder)
    await _allow(owner(), model, (await _code(owner(), model)).json()["digest"])
    assert (await _allow(owner(), model, "")).status_code == 200
    assert opened[-1] == frozenset()


async def test_only_the_owner_allows_code(paired_service: ChatService, folder: Path) -> None:
    model = await _added(folder)
    digest = (await _code(owner(), model)).json()["digest"]
    for caller in (await paired(Role.MEMBER), await program(Role.OWNER)):
        assert (await _allow(caller, model, digest)).status_code == 403


async def test_a_model_of_the_settings_is_allowed_there(paired_service: ChatService) -> None:
    refused = await _code(owner(), "scripted/plain")
    assert refused.json()["code"] in ("model_from_settings", "unknown_model")


async def test_the_default_stays_the_default_when_its_code_is_allowed(
    paired_service: ChatService, folder: Path
) -> None:
    model = await _added(folder)
    await owner().call("PATCH", f"/models/{model}", {"default": True})
    await _allow(owner(), model, (await _code(owner(), model)).json()["digest"])
    assert paired_service.listing.models()[0].id == model
