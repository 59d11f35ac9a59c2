"""Whatever is sent, the process continues, the connection if possible, and errors have codes."""

from __future__ import annotations

import asyncio
import zlib
from contextlib import suppress

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.live.chat_socket import ChatSocket, chat_socket
from tests.live.live_server import LiveServer
from tests.live.raw_client import UPGRADE, raw_client

_TEXT, _RSV1 = 0x01, 0x40
MEANWHILE = 5.0
"""Seconds; far less than a flood would hold others up if it were handled before them."""

WRONG_FRAMES = {
    "你好": "bad_json",
    '{"message"': "bad_json",
    "[" * 10_000: "bad_frame",
    "[]": "bad_frame",
    "3": "bad_frame",
    "null": "bad_frame",
    "{}": "bad_field",
    '{"message": 3}': "bad_field",
    '{"message": "  "}': "empty_message",
    '{"type": "dance"}': "unknown_frame",
    '{"type": "attach", "run": "r", "after": -1}': "bad_field",
    '{"type": "attach", "run": "nobody"}': "unknown_run",
    '{"type": "stop", "run": "nobody"}': "unknown_run",
    '{"type": "hello", "protocol": 99}': "unsupported_protocol",
    '{"type": "send", "client_msg_id": "a", "content": "x", "model": "none"}': "unknown_model",
}


async def error_to(socket: ChatSocket, message: str | bytes) -> str:
    await socket.connection.send(message)
    code: str = (await socket.receive_next("error"))["code"]
    return code


async def test_each_wrong_frame_has_its_code_and_the_connection_stays(
    scripted_server: LiveServer,
) -> None:
    async with chat_socket(scripted_server.url) as socket:
        codes = {frame: await error_to(socket, frame) for frame in WRONG_FRAMES}
        assert codes == WRONG_FRAMES
        assert await socket.still_answers()


async def test_a_binary_frame_is_refused(scripted_server: LiveServer) -> None:
    async with chat_socket(scripted_server.url) as socket:
        assert await error_to(socket, b'{"type": "ping"}') == "binary_frame"
        assert await socket.still_answers()


async def test_a_frame_of_300_kib_is_refused_by_its_size(scripted_server: LiveServer) -> None:
    async with chat_socket(scripted_server.url) as socket:
        await socket.tell("ping", padding="x" * 300 * 1024)
        error = await socket.receive_next("error")
        assert error["code"] == "frame_too_large"
        assert "262144" in error["message"]
        assert await socket.still_answers()


async def test_a_frame_of_2_mib_closes_with_1009(scripted_server: LiveServer) -> None:
    async with chat_socket(scripted_server.url) as socket:
        with suppress(ConnectionClosed):  # closed before the last byte was sent
            await socket.tell("ping", padding="x" * 2 * 1024 * 1024)
        assert await socket.closed_with() == 1009


async def test_invalid_utf_8_closes_with_1007(scripted_server: LiveServer) -> None:
    async with chat_socket(scripted_server.url) as socket:
        await socket.connection.send(b'{"message": "\xff"}', text=True)
        assert await socket.closed_with() == 1007


async def test_a_flood_is_reported_once_and_closed_while_others_are_served(
    scripted_server: LiveServer,
) -> None:
    async with chat_socket(scripted_server.url) as flood, chat_socket(scripted_server.url) as calm:
        run = (await flood.ask("数数", "scripted/endless"))["run"]
        flooding = asyncio.create_task(_flood(flood, frames=10_000))
        for _ in range(10):
            await calm.tell("ping")
            assert await calm.receive(within=MEANWHILE) == {"type": "pong"}
        answers, code = await flooding
        assert answers.count("too_many_frames") == 1
        assert answers.count("pong") < 400
        assert code == 4008
        await calm.tell("stop", run=run)
        assert await calm.still_answers()
    assert scripted_server.alive()


async def test_compression_is_declined(scripted_server: LiveServer) -> None:
    """It costs 40 % of CPU and 34 KB a socket, for nothing on a local network."""
    async with connect(scripted_server.url, proxy=None, compression="deflate") as connection:
        assert connection.protocol.extensions == []


async def test_a_cursor_from_another_run_is_refused(scripted_server: LiveServer) -> None:
    async with chat_socket(scripted_server.url) as socket:
        short = (await socket.ask("你好", "scripted/plain"))["run"]
        beyond = (await socket.receive_next("end"))["seq"] + 1
        await socket.tell("attach", run=short, after=beyond, epoch=1)
        error = await socket.receive_next("error")
        assert (error["code"], str(beyond) in error["message"]) == ("bad_cursor", True)


async def test_a_cursor_of_another_epoch_gets_the_whole_text(scripted_server: LiveServer) -> None:
    async with chat_socket(scripted_server.url) as socket:
        run = (await socket.ask("你好", "scripted/plain"))["run"]
        await socket.receive_next("end")
        await socket.tell("attach", run=run, after=3, epoch=7)
        snapshot, end = await socket.receive_until("end")
        assert (snapshot["type"], snapshot["epoch"]) == ("snapshot", 1)
        assert "你好" in snapshot["content"]
        assert end["seq"] == snapshot["seq"] + 1


async def test_a_prompt_longer_than_the_context_is_refused_with_numbers(
    scripted_server: LiveServer,
) -> None:
    async with chat_socket(scripted_server.url) as socket:
        *_, error, end = await socket.answer("长" * 20_000, "scripted/plain")
        assert error["code"] == "context_exceeded"
        assert "10001" in error["message"]
        assert "8192" in error["message"]
        assert end["status"] == "failed"
        assert await socket.still_answers()


async def test_a_model_that_fails_midway_ends_its_run_alone(scripted_server: LiveServer) -> None:
    async with chat_socket(scripted_server.url) as socket:
        *_, last_delta, error, end = await socket.answer("你好", "scripted/error")
        assert last_delta["type"] == "stream"
        assert (error["code"], error["retryable"]) == ("backend_failed", True)
        assert end["status"] == "failed"
        assert (await socket.answer("你好", "scripted/plain"))[-1]["status"] == "completed"


async def _flood(socket: ChatSocket, frames: int) -> tuple[list[str], int | None]:
    """Send as fast as the server reads; the kinds of answer, and the close code."""
    sending = asyncio.create_task(_send_pings(socket, frames))
    answers: list[str] = []
    with suppress(ConnectionClosed):
        while True:
            answer = await socket.receive()
            answers.append(str(answer.get("code") or answer["type"]))
    await sending
    return answers, socket.connection.close_code


async def _send_pings(socket: ChatSocket, frames: int) -> None:
    with suppress(ConnectionClosed):
        for _ in range(frames):
            await socket.tell("ping")


async def test_a_compressed_frame_without_negotiation_closes_with_1002(
    scripted_server: LiveServer,
) -> None:
    """A few bytes that would unpack to a gigabyte are never unpacked."""
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15).compress(bytes(4 * 1024 * 1024)) + bytes(64)
    async with raw_client(scripted_server.port) as client:
        await client.send(UPGRADE.format(address="127.0.0.1", more=""))
        assert await client.status() == 101
        head = bytes([0x80 | _RSV1 | _TEXT, 0x80 | 127]) + len(bomb).to_bytes(8, "big")
        client.writer.write(head + bytes(4) + bomb)
        assert b"\x03\xea" in await client.rest(20)


async def test_a_frame_in_endless_pieces_is_cut_off(scripted_server: LiveServer) -> None:
    piece = bytes([_TEXT, 0x80 | 126]) + (60_000).to_bytes(2, "big") + bytes(4) + b"x" * 60_000
    following = bytes([0]) + piece[1:]
    async with raw_client(scripted_server.port) as client:
        await client.send(UPGRADE.format(address="127.0.0.1", more=""))
        assert await client.status() == 101
        client.writer.write(piece + following * 40)
        await client.rest(20)
    async with chat_socket(scripted_server.url) as socket:
        assert await socket.still_answers()
