"""All readers of a run see the same events, whenever they come and however slow they are."""

from __future__ import annotations

import asyncio

from tests.live.chat_socket import Frame, chat_socket, text_of
from tests.live.fault_proxy import Fault, FaultProxy
from tests.live.live_server import LiveServer


async def read(url: str, run: str, after: int = 0) -> list[Frame]:
    async with chat_socket(url) as socket:
        await socket.tell("attach", run=run, after=after)
        return await socket.receive_until("end")


async def test_live_late_and_middle_readers_see_the_same_events(
    scripted_server: LiveServer,
) -> None:
    async with chat_socket(scripted_server.url) as asker:
        run = (await asker.ask("你好", "scripted/reasoning"))["run"]
        second = asyncio.create_task(read(scripted_server.url, run))
        asked = await asker.receive_until("end")

    assert await second == asked
    assert await read(scripted_server.url, run) == asked
    middle = len(asked) // 2
    assert await read(scripted_server.url, run, after=asked[middle - 1]["seq"]) == asked[middle:]


async def test_a_second_device_that_opens_the_chat_joins_its_running_answer(
    scripted_server: LiveServer,
) -> None:
    async with chat_socket(scripted_server.url) as asker:
        accepted = await asker.ask("你好", "scripted/reasoning")
        await asker.receive_next("stream")
        opened = await asyncio.to_thread(
            scripted_server.get, f"/api/v1/conversations/{accepted['conversation']}/messages"
        )
        run = opened["messages"][-1]["run"]
        assert (run["id"], run["status"]) == (accepted["run"], "running")
        joined = await read(scripted_server.url, run["id"])
        assert text_of(joined) == text_of(await read(scripted_server.url, accepted["run"]))


async def test_a_reader_who_has_everything_but_the_end_gets_the_end(
    scripted_server: LiveServer,
) -> None:
    async with chat_socket(scripted_server.url) as socket:
        run = (await socket.ask("你好", "scripted/plain"))["run"]
        *_, last_delta, end = await socket.receive_until("end")

    assert await read(scripted_server.url, run, after=last_delta["seq"]) == [end]


async def test_a_slow_reader_delays_no_other(scripted_server: LiveServer) -> None:
    async with FaultProxy(scripted_server.port, lambda: Fault("slow", rate=2000)) as proxy:
        async with chat_socket(scripted_server.url) as asker:
            run = (await asker.ask("写一篇长文", "scripted/markdown"))["run"]
            slow = asyncio.create_task(read(proxy.url, run))
            asked = await asker.receive_until("end")
            assert not slow.done()
        assert await slow == asked


async def test_closing_a_socket_cancels_nothing(scripted_server: LiveServer) -> None:
    async with chat_socket(scripted_server.url) as asker:
        run = (await asker.ask("你好", "scripted/reasoning"))["run"]
        await asker.receive_next("stream")

    *_, end = await read(scripted_server.url, run)
    assert (end["status"], end["finish_reason"]) == ("completed", "stop")


async def test_detaching_ends_the_reading_and_not_the_run(scripted_server: LiveServer) -> None:
    async with chat_socket(scripted_server.url) as socket:
        run = (await socket.ask("你好", "scripted/reasoning"))["run"]
        await socket.receive_next("stream")
        await socket.tell("detach", run=run)
        await socket.tell("ping")
        await socket.receive_until("pong")
        await socket.tell("ping")
        assert await socket.receive_until("pong") == [{"type": "pong"}]

    *_, end = await read(scripted_server.url, run)
    assert end["status"] == "completed"
