"""The list of models, as its owner changes it and members see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chat.actor import Role
from chat.errors import ErrorCode
from chat.errors.sentences import sentence
from chat.models import Household, ListedModel
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.store import in_database
from chat.store.listed_models import StoredModel, choose_default_model
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.engine import Engine
from tests.chat.paired_server import PHONE, Caller, owner, paired, program
from tests.inference.catalog.found.layouts import write_folder
from tests.overrides import Overrides


async def _add(caller: Caller, **changes: object) -> Any:
    return await caller.call("POST", "/models", {"spec": "scripted/plain"} | changes)


async def _ids(caller: Caller) -> list[str]:
    return [one["id"] for one in (await caller.call("GET", "/models")).json()["models"]]


async def _restarted() -> ChatService:
    """Another process with the same database."""
    engine = Engine([ScriptedBackend(SCENARIOS["plain"], slots=2)], queue_length=4)
    service = ChatService(engine, Policy(system_prompt="", runs_per_device=4, keep_events=64))
    await service.start()
    return service


async def test_a_model_is_added_kept_and_answers(paired_service: ChatService) -> None:
    added = await _add(owner(), name="小明的模型")
    assert (added.status_code, added.json()["name"]) == (201, "小明的模型")
    model = added.json()["id"]
    assert (added.json()["from_settings"], added.json()["owner_only"]) == (False, False)
    row = await in_database(ListedModel.objects.get)
    assert (row.id, row.spec) == (model, "scripted/plain")
    async with owner().known_socket() as socket:
        await socket.send({"type": "send", "client_msg_id": "a", "content": "好", "model": model})
        assert (await socket.receive("end"))["status"] == "completed"


@pytest.mark.parametrize("changes", [{"spec": "deepseek/m\r\nX: y"}, {"name": "a\u2028b"}])
async def test_a_model_is_named_in_one_line(
    paired_service: ChatService, changes: dict[str, str]
) -> None:
    refused = await _add(owner(), **changes)
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_model_spec")


async def test_what_is_no_chat_model_is_refused_in_the_persons_language(
    paired_service: ChatService, tmp_path: Path
) -> None:
    language = {"accept-language": "zh-CN"}
    refused = await owner().call("POST", "/models", {"spec": str(tmp_path)}, **language)
    assert refused.status_code == 422
    assert "请填写含有 config.json 的模型目录" in refused.json()["message"]


async def test_the_same_model_is_added_once(paired_service: ChatService) -> None:
    await _add(owner())
    again = await _add(owner())
    assert (again.status_code, again.json()["code"]) == (409, "model_exists")
    of_settings = await _add(owner(), spec="scripted")
    assert of_settings.json()["code"] == "model_exists"


async def test_the_built_in_model_is_one_by_both_of_its_names(paired_service: ChatService) -> None:
    await paired_service.listing.open(StoredModel("", "qwen2.5-coder-0.5b", "", None, False))
    again = await _add(owner(), spec="builtin")
    assert (again.status_code, again.json()["code"]) == (409, "model_exists")


async def test_only_the_owner_is_shown_where_a_model_lies(
    paired_service: ChatService, tmp_path: Path
) -> None:
    model = (await _add(owner(), spec=str(write_folder(tmp_path / "own")))).json()["id"]
    member = await paired(Role.MEMBER)
    for caller, spec in ((owner(), str(tmp_path / "own")), (member, "")):
        listed = (await caller.call("GET", "/models")).json()["models"]
        assert {one["id"]: one["spec"] for one in listed}[model] == spec


async def test_an_unknown_spec_is_refused(paired_service: ChatService) -> None:
    refused = await _add(owner(), spec="nonsense")
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_model_spec")
    assert "nonsense" in refused.json()["message"]
    assert "scripted" not in refused.json()["message"]
    assert await in_database(ListedModel.objects.count) == 0


async def test_a_path_to_nothing_is_refused(paired_service: ChatService) -> None:
    refused = await _add(owner(), spec="/nowhere/at/all")
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_model_spec")
    assert "no such file or folder" in refused.json()["message"]


async def test_a_missing_provider_is_an_error(paired_service: ChatService) -> None:
    refused = await _add(owner(), spec="deepseek/deepseek-chat", provider="gone")
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown_provider")


async def test_what_is_added_is_there_at_the_next_start(paired_service: ChatService) -> None:
    model = (await _add(owner(), default=True)).json()["id"]
    again = await _restarted()
    assert again.models()[0].id == model
    await again.close()


async def test_one_that_cannot_be_opened_any_more_prevents_no_start(
    paired_service: ChatService,
) -> None:
    await in_database(ListedModel.objects.create, id="gone", spec="/nowhere", name="旧模型")
    await in_database(ListedModel.objects.create, id="good", spec="scripted/plain")
    again = await _restarted()
    cards = {card.id: card for card in again.models()}
    await again.close()
    assert (cards["gone"].state, cards["gone"].name) == ("failed", "旧模型")
    error = cards["gone"].error
    assert error is not None
    assert "没有这个文件或目录" in sentence(ErrorCode.MODEL_UNSUITABLE, error.detail, "zh")
    assert cards["good"].error is None


async def test_a_default_that_failed_at_the_start_is_the_default_once_it_is_opened(
    paired_service: ChatService, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    await in_database(ListedModel.objects.create, id="own", spec=str(folder))
    await in_database(choose_default_model, "own")
    again = await _restarted()
    assert again.models()[0].id != "own"
    write_folder(folder)
    await again.listing.reopen("own")
    assert again.models()[0].id == "own"
    await again.close()


async def test_a_removed_models_answer_ends_once_with_a_reason(paired_service: ChatService) -> None:
    model = (await _add(owner(), spec="scripted/endless")).json()["id"]
    async with owner().known_socket() as socket:
        await socket.send({"type": "send", "client_msg_id": "a", "content": "好", "model": model})
        await socket.receive("stream")
        assert (await owner().call("DELETE", f"/models/{model}")).status_code == 204
        assert (await socket.receive("error"))["code"] == "model_removed"
        assert (await socket.receive("end"))["status"] == "failed"
    assert model not in await _ids(owner())
    assert await in_database(ListedModel.objects.count) == 0


async def test_a_model_of_the_settings_is_removed_there(paired_service: ChatService) -> None:
    refused = await owner().call("DELETE", "/models/scripted/plain")
    assert (refused.status_code, refused.json()["code"]) == (409, "model_from_settings")
    assert (await owner().call("DELETE", "/models/nothing")).json()["code"] == "unknown_model"


async def test_the_default_is_chosen_and_kept(paired_service: ChatService) -> None:
    chosen = await owner().call("PATCH", "/models/scripted/reasoning", {"default": True})
    assert (chosen.status_code, chosen.json()["default"]) == (200, True)
    assert (await _ids(owner()))[0] == "scripted/reasoning"
    assert (await in_database(Household.objects.get)).default_model == "scripted/reasoning"


async def test_removing_the_default_makes_the_settings_first_one_it_again(
    paired_service: ChatService,
) -> None:
    first = (await _ids(owner()))[0]
    model = (await _add(owner(), default=True)).json()["id"]
    assert (await _ids(owner()))[0] == model
    await owner().call("DELETE", f"/models/{model}")
    assert (await _ids(owner()))[0] == first
    assert (await in_database(Household.objects.get)).default_model == ""


async def test_a_model_of_the_owners_alone_is_unknown_to_members(
    paired_service: ChatService,
) -> None:
    model = (await _add(owner(), owner_only=True, default=True)).json()["id"]
    member = await paired(Role.MEMBER)
    assert model not in await _ids(member)
    assert model in await _ids(await program(Role.OWNER))
    loaded = await member.call("POST", "/models/load", {"model": model})
    assert (loaded.status_code, loaded.json()["code"]) == (404, "unknown_model")
    async with member.known_socket() as socket:
        question = {"type": "send", "client_msg_id": "a", "content": "好"}
        assert (await socket.ask(question | {"model": model}))["code"] == "unknown_model"
        await socket.send(question)  # the first that the member may use
        assert (await socket.receive("start"))["model"] != model


async def test_connected_clients_are_notified_when_a_model_is_restricted(
    paired_service: ChatService,
) -> None:
    model = (await _add(owner())).json()["id"]
    member = await paired(Role.MEMBER)
    async with member.known_socket() as socket:
        await owner().call("PATCH", f"/models/{model}", {"owner_only": True})
        listed = (await socket.receive("models"))["models"]
        assert model not in [one["id"] for one in listed]
    refused = await owner().call("PATCH", "/models/scripted/plain", {"owner_only": True})
    assert refused.json()["code"] == "model_from_settings"


async def test_members_load_a_model_and_only_the_owner_unloads_it(
    paired_service: ChatService,
) -> None:
    member = await paired(Role.MEMBER)
    loaded = await member.call("POST", "/models/load", {"model": "scripted/reasoning"})
    assert loaded.json()["state"] in ("loading", "ready")
    refused = await member.call("PATCH", "/models/scripted/reasoning", {"loaded": False})
    assert refused.json()["code"] == "not_allowed"
    unloaded = await owner().call("PATCH", "/models/scripted/reasoning", {"loaded": False})
    assert unloaded.status_code == 200


async def test_a_model_that_answers_is_not_unloaded(paired_service: ChatService) -> None:
    async with owner().known_socket() as socket:
        await socket.begin()
        refused = await owner().call("PATCH", "/models/scripted/endless", {"loaded": False})
    assert (refused.status_code, refused.json()["code"]) == (409, "model_in_use")


async def test_without_pairing_this_computer_changes_the_list(
    paired_service: ChatService, conf: Overrides
) -> None:
    conf.pairing, conf.open = False, True
    assert (await _add(owner())).status_code == 201
    assert (await _add(Caller(PHONE))).json()["code"] == "not_allowed"
