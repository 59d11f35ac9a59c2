"""The models over REST."""

from __future__ import annotations

from chat.actor import Actor
from chat.service import ChatService
from chat.wire.protocol import Send
from tests.chat.api.conftest import Api

ACTOR = Actor("everyone", "phone")


async def test_every_model_has_its_properties_and_its_activity(api: Api) -> None:
    models = (await api.get("/models")).json()["models"]
    assert [one["default"] for one in models].count(True) == 1
    assert {one["backend"] for one in models} == {"scripted"}
    assert all((one["running"], one["waiting"]) == (0, 0) for one in models)
    assert all(one["tokens_per_second"] is None for one in models)
    assert all(one["from_settings"] and not one["owner_only"] for one in models)


async def test_a_running_answer_is_counted(api: Api, service: ChatService) -> None:
    turn = await service.send(ACTOR, Send("x", "数", model="scripted/endless"))
    await api.get(f"/runs/{turn.run}/text?wait=5")
    models = (await api.get("/models")).json()["models"]
    assert {one["id"]: one["running"] for one in models}["scripted/endless"] == 1
