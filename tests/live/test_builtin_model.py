"""A real model from a socket's message to its tokens and back."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import psutil
import pytest

from tests.live.chat_socket import chat_socket, text_of
from tests.live.live_server import LiveServer
from tests.patience import PATIENCE

pytestmark = pytest.mark.model

BRIEF = {"max_new_tokens": 12, "temperature": 0}
ENDLESS = {"max_new_tokens": 4000, "temperature": 0}


async def test_a_message_sent_while_the_model_loads_waits_and_is_answered(
    tmp_path: Path, builtin_file: Path
) -> None:
    """All models but the first are loaded at the first request, so this one is not loaded yet."""
    with LiveServer(tmp_path, MODELS=f"scripted/plain,{builtin_file}") as server:
        async with chat_socket(server.url) as socket:
            queued, *_, end = await socket.answer("Hello!", builtin_file.stem, options=BRIEF)
            assert (queued["type"], queued["waiting_for"]) == ("queued", "model")
            assert end["status"] == "completed"


async def test_the_second_turn_has_the_first_in_its_prompt(builtin_server: LiveServer) -> None:
    async with chat_socket(builtin_server.url) as socket:
        await socket.tell("hello", protocol=1, locale="en")
        assert (await socket.receive())["type"] == "hello"
        accepted = await socket.ask("My cat is called Mimi. Say hello to her.", options=BRIEF)
        first = await socket.receive_until("end")
        second = await socket.answer(
            "What is she called?", conversation=accepted["conversation"], options=BRIEF
        )

    assert text_of(first)
    assert first[-1]["finish_reason"] in ("stop", "length")
    before, after = first[-1]["usage"], second[-1]["usage"]
    assert 0 < before["completion_tokens"] <= 12
    assert after["prompt_tokens"] > before["prompt_tokens"] + before["completion_tokens"]
    assert after["cached_tokens"] >= before["prompt_tokens"]


async def test_stop_frees_the_model(builtin_server: LiveServer) -> None:
    async with chat_socket(builtin_server.url) as socket:
        running = (await socket.ask("Count to a million.", options=ENDLESS))["run"]
        await socket.receive_next("stream")
        await socket.tell("stop", run=running)
        assert (await socket.receive_next("end"))["status"] == "cancelled"
        assert (await socket.answer("Hello!", options=BRIEF))[-1]["status"] == "completed"


async def test_a_long_prefill_can_be_stopped(builtin_server: LiveServer) -> None:
    """7,000 tokens take a CPU half a minute; the stop must not wait for that."""
    async with chat_socket(builtin_server.url) as socket:
        run = (await socket.ask("word " * 7000, options=BRIEF))["run"]
        await socket.receive_next("start")
        await socket.tell("stop", run=run)
        end = (await socket.receive_until("end", within=10))[-1]
        assert end["status"] == "cancelled"
        assert (await socket.answer("Hello!", options=BRIEF))[-1]["status"] == "completed"


async def test_a_prompt_longer_than_the_context_is_refused_with_numbers(
    builtin_server: LiveServer,
) -> None:
    async with chat_socket(builtin_server.url) as socket:
        await socket.tell("hello", protocol=1, locale="en")
        *_, error, end = await socket.answer("word " * 20_000)
        assert error["code"] == "context_exceeded"
        assert re.search(r"\b200\d\d tokens\b.*\b8192\b", error["message"]), error
        assert end["status"] == "failed"
        assert await socket.still_answers()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
async def test_ctrl_c_ends_a_decoding_server_in_time(tmp_path: Path, builtin_file: Path) -> None:
    with LiveServer(tmp_path, MODELS=builtin_file) as server:
        async with chat_socket(server.url) as socket:
            await socket.ask("Tell me a very long story.", options=ENDLESS)
            await socket.receive_next("stream")
            children = _children(server)
            assert server.stop(signal.SIGINT) < 20
        assert server.exit_code == 0, server.log
        assert not psutil.wait_procs(children, timeout=PATIENCE)[1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
async def test_a_native_crash_interrupts_answers_with_their_text_and_spares_the_server(
    tmp_path: Path, builtin_file: Path
) -> None:
    with LiveServer(tmp_path, MODELS=builtin_file) as server:
        async with chat_socket(server.url) as socket:
            await socket.tell("hello", protocol=1, locale="en")
            run = (await socket.ask("Tell me a very long story.", options=ENDLESS))["run"]
            before = await socket.receive_until("stream")
            (child,) = _children(server)
            os.kill(child.pid, signal.SIGSEGV)
            frames = [*before, *await socket.receive_until("end")]
            (error,) = [frame for frame in frames if frame["type"] == "error"]
            assert error["code"] == "model_crashed"
            assert frames[-1]["status"] == "interrupted"
            assert text_of(frames)
            assert (await socket.answer("Hello!", options=BRIEF))[-1]["status"] == "completed"
            await socket.tell("resume", run=run)
            await socket.receive_next("stream")
        assert server.alive()
        assert "SIGSEGV" in server.log


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a child loading ends after that")
async def test_a_killed_server_leaves_no_process_behind(tmp_path: Path, builtin_file: Path) -> None:
    with LiveServer(tmp_path, MODELS=builtin_file) as server:
        async with chat_socket(server.url) as socket:
            await socket.ask("Tell me a very long story.", options=ENDLESS)
            await socket.receive_next("stream")
        children = _children(server)
        server.kill()
        assert len(children) == 1
        assert not psutil.wait_procs(children, timeout=PATIENCE)[1]


def _children(server: LiveServer) -> list[psutil.Process]:
    """The processes that run its models."""
    return psutil.Process(server.pid).children(recursive=True)
