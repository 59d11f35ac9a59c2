"""A missing or damaged model file is reported as such, and works once it is repaired."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.chat_socket import chat_socket
from tests.live.live_server import LiveServer

BRIEF = {"max_new_tokens": 4}


async def failure(server: LiveServer) -> str:
    """The reason why a message cannot be answered; the server must run after it."""
    async with chat_socket(server.url) as socket:
        *_, error, end = await socket.answer("hello", options=BRIEF)
        assert end["status"] == "failed"
        assert await socket.still_answers()
        code: str = error["code"]
        return code


async def test_a_missing_and_a_damaged_file_have_different_errors(tmp_path: Path) -> None:
    file = tmp_path / "own.gguf"
    with LiveServer(tmp_path, MODELS=file) as server:
        assert await failure(server) == "model_file_missing"
        for wrong in (b"", b"GGUF" + bytes(range(256)) * 40, b"<html>not found</html>"):
            file.write_bytes(wrong)
            assert await failure(server) == "model_file_damaged"


@pytest.mark.model
async def test_a_repaired_file_answers_the_next_message(tmp_path: Path, builtin_file: Path) -> None:
    file = tmp_path / "own.gguf"
    with builtin_file.open("rb") as whole:
        file.write_bytes(whole.read(50_000_000))
    with LiveServer(tmp_path, MODELS=file) as server:
        assert await failure(server) == "model_file_damaged"
        file.unlink()
        file.symlink_to(builtin_file)
        async with chat_socket(server.url) as socket:
            end = (await socket.answer("hello", options=BRIEF))[-1]
            assert (end["status"], end["usage"]["completion_tokens"]) == ("completed", 4)
