"""No token is lost or doubled: a reader whose connection fails reads the same text."""

from __future__ import annotations

import random

import pytest

from inference.backends.scenarios import LONG_MARKDOWN
from tests.live.chat_socket import Frame, chat_socket, text_of
from tests.live.fault_proxy import Fault, FaultProxy
from tests.live.live_server import LiveServer
from tests.live.patient_reader import PatientReader

FAULTS = {
    "cut": lambda dice: Fault("cut", after=dice.randint(1, 2500)),
    "reset": lambda dice: Fault("reset", after=dice.randint(1, 2500)),
    "stall": lambda dice: Fault("stall", after=dice.randint(1500, 5000)),
}


async def begin(server: LiveServer, model: str) -> str:
    """A run that nobody reads."""
    async with chat_socket(server.url) as socket:
        run: str = (await socket.ask("写一篇长文", model))["run"]
        return run


async def read_whole(server: LiveServer, run: str) -> list[Frame]:
    async with chat_socket(server.url) as socket:
        await socket.tell("attach", run=run)
        return await socket.receive_until("end")


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_reader_comes_back_to_every_event_once(
    scripted_server: LiveServer, fault: str
) -> None:
    dice = random.Random(20261122)
    run = await begin(scripted_server, "scripted/markdown")
    async with FaultProxy(scripted_server.port, lambda: FAULTS[fault](dice)) as proxy:
        events = await PatientReader(proxy.url, run).read()

    assert proxy.connections >= 3
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert text_of(events) == LONG_MARKDOWN
    assert events == await read_whole(scripted_server, run)


async def test_a_cut_keeps_reasoning_and_answer_apart(scripted_server: LiveServer) -> None:
    dice = random.Random(7)
    run = await begin(scripted_server, "scripted/reasoning")
    async with FaultProxy(scripted_server.port, lambda: FAULTS["cut"](dice)) as proxy:
        events = await PatientReader(proxy.url, run).read()

    whole = await read_whole(scripted_server, run)
    assert text_of(events, "reasoning") == text_of(whole, "reasoning") != ""
    assert text_of(events, "answer") == text_of(whole, "answer") != ""


async def test_a_message_repeated_after_a_cut_starts_no_second_run(
    scripted_server: LiveServer,
) -> None:
    """The answer to `send` was lost; the client cannot know whether it arrived."""
    message = {"client_msg_id": "sent-twice", "content": "你好", "model": "scripted/plain"}
    async with (
        FaultProxy(scripted_server.port, lambda: Fault("stall", after=250)) as proxy,
        chat_socket(proxy.url) as lost,
    ):
        await lost.tell("send", **message)
        with pytest.raises(TimeoutError):
            await lost.receive(within=0.3)
    async with chat_socket(scripted_server.url) as again:
        await again.tell("send", **message)
        first = await again.receive_next("accepted")
        await again.tell("send", **message)
        second = await again.receive_next("accepted")
    assert first == second
