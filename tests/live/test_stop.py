"""`stop` stops the model: its slot is free for the next run in the queue."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.chat_socket import chat_socket
from tests.live.live_server import LiveServer

AT_ONCE = 1.0
"""Seconds; an endless answer would hold the only slot for ever."""


@pytest.fixture(scope="module")
def one_slot_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("one-slot")
    with LiveServer(folder, MODELS="scripted/endless", SLOTS=1, RUNS_PER_DEVICE=8) as server:
        yield server


async def test_the_slot_is_free_at_once(one_slot_server: LiveServer) -> None:
    async with chat_socket(one_slot_server.url) as socket:
        for _ in range(3):
            run = (await socket.ask("数数"))["run"]
            await socket.receive_until("stream", within=AT_ONCE)
            await socket.tell("stop", run=run)
            end = (await socket.receive_until("end", within=AT_ONCE))[-1]
            assert (end["run"], end["status"], end["finish_reason"]) == (
                run,
                "cancelled",
                "cancelled",
            )


async def test_the_next_in_the_queue_begins(one_slot_server: LiveServer) -> None:
    async with chat_socket(one_slot_server.url) as socket:
        running = (await socket.ask("数数"))["run"]
        await socket.receive_next("stream")
        waiting = (await socket.ask("也数数"))["run"]
        queued = await socket.receive_next("queued")
        assert (queued["run"], queued["position"]) == (waiting, 1)
        await socket.tell("stop", run=running)
        start = (await socket.receive_until("start", within=AT_ONCE))[-1]
        assert start["run"] == waiting
        await socket.tell("stop", run=waiting)
        await socket.receive_until("end", within=AT_ONCE)


async def test_a_waiting_run_can_be_stopped(one_slot_server: LiveServer) -> None:
    async with (
        chat_socket(one_slot_server.url) as socket,
        chat_socket(one_slot_server.url) as other,
    ):
        running = (await other.ask("数数"))["run"]
        await other.receive_next("stream")
        first = (await socket.ask("一"))["run"]
        second = (await socket.ask("二"))["run"]
        await socket.tell("stop", run=first)
        end = await socket.receive_next("end")
        assert (end["run"], end["status"], end["seq"]) == (first, "cancelled", 1)
        await other.tell("stop", run=running)
        start = (await socket.receive_until("start", within=AT_ONCE))[-1]
        assert start["run"] == second
        await socket.tell("stop", run=second)
        await socket.receive_until("end")


async def test_stopping_twice_is_no_error(one_slot_server: LiveServer) -> None:
    async with chat_socket(one_slot_server.url) as socket:
        run = (await socket.ask("数数"))["run"]
        await socket.receive_next("stream")
        await socket.tell("stop", run=run)
        await socket.tell("stop", run=run)
        await socket.receive_until("end")
        await socket.tell("stop", run=run)
        await socket.tell("ping")
        assert await socket.receive() == {"type": "pong"}


async def test_another_socket_may_stop_a_run(one_slot_server: LiveServer) -> None:
    """The same person on a second device, or after a reconnection."""
    async with chat_socket(one_slot_server.url) as phone, chat_socket(one_slot_server.url) as desk:
        run = (await phone.ask("数数"))["run"]
        await phone.receive_next("stream")
        await desk.tell("stop", run=run)
        assert (await phone.receive_next("end"))["status"] == "cancelled"
