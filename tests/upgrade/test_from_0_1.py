"""A data folder of version 0.1 under today's code."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from websockets.asyncio.client import connect

from inference.backends.scenarios import LONG_MARKDOWN
from tests.chat.socket.short_form.page import TutorialPage
from tests.live.live_server import LiveServer
from tests.live.remote_caller import REMOTE, call
from tests.upgrade.conversations import TITLE
from tests.upgrade.device_socket import device_socket, end_of
from tests.upgrade.listing import answer, get, listing, missing
from tests.upgrade.old_data import Expected, Unfinished


@pytest.mark.parametrize("name", ["owner", "member"])
def test_each_device_is_shown_what_it_was_shown_before(
    upgraded: LiveServer, left: Expected, name: str
) -> None:
    device = left.devices[name]
    assert device.listing["conversations"]
    assert missing(device.listing, listing(upgraded, device.token)) == []


def test_the_fixture_has_branches_and_every_end_of_a_run(left: Expected) -> None:
    trees = left.devices["owner"].listing["conversations"].values()
    messages = [message for tree in trees for message in tree["messages"]]
    runs = [message["run"] for message in messages if message["run"]]
    assert {message["role"] for message in messages if message["siblings"] > 1} == {
        "user",
        "assistant",
    }
    assert {run["finish_reason"] for run in runs} == {
        "stop", "length", "repetition", "cancelled", None,
    }  # fmt: skip
    assert {tree["shelf"] for tree in trees} == {"active", "archived", "deleted"}
    assert sorted(run.status for run in left.unfinished) == ["running"] * 2 + ["waiting"] * 2


@pytest.mark.parametrize("number", range(4))
async def test_an_unfinished_answer_goes_on_behind_its_saved_text(
    upgraded: LiveServer, left: Expected, number: int
) -> None:
    run = left.unfinished[number]
    token = left.devices[run.device].token
    async with device_socket(upgraded, token) as socket:
        await socket.tell("attach", run=run.run, after=0, epoch=1)
        assert (await end_of(socket, run.run))["status"] == "completed"
    now = answer(upgraded, {"conversation": run.conversation, "message": run.message}, token)
    assert now["content"].startswith(run.content)
    assert now["content"].endswith(_last_words(run))


def _last_words(run: Unfinished) -> str:
    """Of a message that waited for the answer before it, or of a long answer."""
    if run.status == "waiting":
        return "这是第 2 轮。第一轮你说的是：「一篇写不完的长回答」。"
    return LONG_MARKDOWN[len(run.content) :]


def test_old_texts_are_found_by_their_words(upgraded: LiveServer, left: Expected) -> None:
    token = left.devices["owner"].token
    for words in ("天气", "edited", "Renamed"):
        hits = get(upgraded, f"/search?q={quote(words)}", token)["hits"]
        assert TITLE in {hit["title"] for hit in hits}, words


def test_a_program_comes_in_by_its_key(upgraded: LiveServer, left: Expected) -> None:
    assert get(upgraded, "/me", left.key)["role"] == "owner"


def test_a_member_signs_in_by_the_old_password(upgraded: LiveServer, left: Expected) -> None:
    sign_in = {"member": left.member, "password": left.password, "name": "新手机"}
    status, made = call(upgraded, "POST", "/api/v1/pair/password", sign_in, **REMOTE)
    assert status == 201, made
    assert made["device"]["member"] == left.devices["member"].listing["me"]["member"]["id"]
    status, _ = call(upgraded, "DELETE", f"/api/v1/devices/{made['device']['id']}")
    assert status == 204


async def test_a_short_form_client_is_answered(upgraded: LiveServer) -> None:
    page = TutorialPage()
    async with connect(upgraded.url, proxy=None) as wire:
        for question in ("你好", "再见"):
            page.is_finished = False
            await wire.send(json.dumps({"message": question}))
            while not page.is_finished:
                page.draw(json.loads(await wire.recv()))
            assert (page.status, f"「{question}」" in page.line) == ("completed", True)
    assert "这是第 2 轮" in page.line
