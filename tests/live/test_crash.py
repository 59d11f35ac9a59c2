"""A model's crash is reported and repaired, and costs neither text nor the server."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.live.chat_socket import ChatSocket, Frame, chat_socket, text_of
from tests.live.live_server import LiveServer


async def until_model(socket: ChatSocket, frames: list[Frame], state: str) -> Frame:
    """The default model in this state, from these frames or later ones."""
    while True:
        for frame in frames:
            if frame["type"] == "models" and frame["models"][0]["state"] == state:
                model: Frame = frame["models"][0]
                return model
        frames = [await socket.receive_next("models")]


async def test_a_crash_interrupts_its_answer_which_continues_when_the_model_is_back(
    tmp_path: Path,
) -> None:
    with LiveServer(tmp_path, MODELS="scripted/crash") as server:
        async with chat_socket(server.url) as socket:
            await socket.tell("hello")
            run = (await socket.ask("说"))["run"]
            frames = await socket.receive_until("end")
            (error,) = [frame for frame in frames if frame["type"] == "error"]
            assert (error["code"], error["retryable"]) == ("model_crashed", True)
            assert error["message"].startswith("模型崩溃了")
            assert frames[-1]["status"] == "interrupted"
            assert "一、二、三" in text_of(frames)
            assert (await until_model(socket, frames, "failed"))["error"] == error["message"]
            await until_model(socket, [], "ready")
            assert server.get("/readyz")["status"] == "ready"
            await socket.tell("resume", run=run)
            assert (await socket.receive_next("end"))["status"] == "completed"
        assert server.log.count("crashed") == 1


async def test_while_its_model_is_gone_the_server_is_not_ready(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS="scripted/crash", RESTARTS=0) as server:
        async with chat_socket(server.url) as socket:
            await socket.tell("hello")
            await socket.ask("说")
            await until_model(socket, [], "failed")
            assert server.get("/readyz")["status"] == "not_ready"


async def test_a_model_that_hangs_is_found(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS="scripted/silence", STALL_SECONDS=1) as server:
        async with chat_socket(server.url) as socket:
            frames = await socket.answer("说")
            (error,) = [frame for frame in frames if frame["type"] == "error"]
            assert error["code"] == "model_stalled"
            assert "1 秒" in error["message"]
            assert frames[-1]["status"] == "interrupted"
            assert await socket.still_answers()


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
async def test_a_crash_of_native_code_prints_where_and_the_next_start_continues(
    tmp_path: Path,
) -> None:
    with LiveServer(tmp_path, MODELS="scripted/markdown") as server:
        async with chat_socket(server.url) as socket:
            run = (await socket.ask("写"))["run"]
            await socket.receive_next("stream")
        server.stop(signal.SIGSEGV)
        assert server.exit_code == -signal.SIGSEGV
        assert "Fatal Python error: Segmentation fault" in server.log
        server.start()
        async with chat_socket(server.url) as socket:
            await socket.tell("attach", run=run)
            assert (await socket.receive_next("end"))["status"] == "completed"
