"""Runs over REST: reading without a socket, and stopping."""

from __future__ import annotations

from typing import Any

from chat.actor import OWNER, Actor
from chat.service import ChatService
from chat.wire.protocol import Send
from tests.chat.api.conftest import Api

ACTOR = Actor(OWNER, "phone")


async def _read_to_the_end(api: Api, run: str) -> tuple[str, dict[str, Any]]:
    text, after = "", 0
    while True:
        part = (await api.get(f"/runs/{run}/text?after={after}&wait=5")).json()
        text = part["answer"] if part["whole"] else text + part["answer"]
        after = part["seq"]
        if part["status"]:
            return text, part


async def test_asking_again_and_again_gives_the_text_once(api: Api, service: ChatService) -> None:
    turn = await service.send(ACTOR, Send("x", "你好", model="scripted/plain"))
    text, last = await _read_to_the_end(api, turn.run)
    tree = (await api.get(f"/conversations/{turn.conversation}/messages")).json()
    assert last["status"] == "completed"
    assert tree["messages"][-1]["content"] == text


async def test_a_reader_who_does_not_wait_gets_what_is_there(
    api: Api, service: ChatService
) -> None:
    turn = await service.send(ACTOR, Send("x", "数", model="scripted/endless"))
    first = (await api.get(f"/runs/{turn.run}/text?wait=5")).json()
    again = await api.get(f"/runs/{turn.run}/text?after={first['seq']}&epoch={first['epoch']}")
    assert again.status_code == 200
    assert again.json()["status"] is None


async def test_an_earlier_epoch_gets_the_whole(api: Api, service: ChatService) -> None:
    turn = await service.send(ACTOR, Send("x", "你好", model="scripted/plain"))
    text, _ = await _read_to_the_end(api, turn.run)
    part = (await api.get(f"/runs/{turn.run}/text?after=2&epoch=7")).json()
    assert part["whole"]
    assert part["answer"] == text


async def test_a_run_is_stopped(api: Api, service: ChatService) -> None:
    turn = await service.send(ACTOR, Send("x", "数", model="scripted/endless"))
    stopped = (await api.send("post", f"/runs/{turn.run}/stop")).json()
    assert stopped["status"] == "cancelled"
    assert (await api.send("post", f"/runs/{turn.run}/stop")).status_code == 200


async def test_a_failed_run_has_its_reason_in_the_readers_language(
    api: Api, service: ChatService
) -> None:
    turn = await service.send(ACTOR, Send("x", "你好", model="scripted/error"))
    await _read_to_the_end(api, turn.run)
    path = f"/conversations/{turn.conversation}/messages"
    runs = [
        (await api.get(path, **{"Accept-Language": language})).json()["messages"][-1]["run"]
        for language in ("zh-CN", "en")
    ]
    assert [run["error"]["code"] for run in runs] == ["backend_failed"] * 2
    assert "模型" in runs[0]["error"]["message"]
    assert "model" in runs[1]["error"]["message"]


async def test_another_members_run_is_unknown(api: Api, service: ChatService) -> None:
    turn = await service.send(Actor("mallory", "d"), Send("x", "你好", model="scripted/plain"))
    for path in ("", "/text"):
        assert (await api.get(f"/runs/{turn.run}{path}")).json()["code"] == "unknown_run"
    assert (await api.send("post", f"/runs/{turn.run}/stop")).json()["code"] == "unknown_run"


async def test_a_number_beyond_the_run_is_refused(api: Api, service: ChatService) -> None:
    turn = await service.send(ACTOR, Send("x", "你好", model="scripted/plain"))
    response = await api.get(f"/runs/{turn.run}/text?after=99999")
    assert (response.status_code, response.json()["code"]) == (422, "bad_cursor")
