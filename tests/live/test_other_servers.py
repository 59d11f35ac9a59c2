"""The application as other servers start it, on an empty folder."""

from __future__ import annotations

import http.client
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.live.chat_socket import chat_socket, text_of
from tests.live.live_server import LiveServer
from tests.patience import PATIENCE

APPLICATION = "MyLLM.asgi:application"


class OtherServer(LiveServer):
    """Its address is set by its own options."""

    def __init__(self, folder: Path, *command: str) -> None:
        super().__init__(folder, command, MODELS="scripted/plain")
        self._command += ["--port", str(self.port), APPLICATION]


COMMANDS = {
    "uvicorn": ("-m", "uvicorn", "--host", "127.0.0.1"),
    "uvicorn --reload": ("-m", "uvicorn", "--host", "127.0.0.1", "--reload"),
    "uvicorn without lifespan": ("-m", "uvicorn", "--host", "127.0.0.1", "--lifespan", "off"),
    "daphne": ("-m", "daphne", "-b", "127.0.0.1"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
async def test_the_first_question_is_answered(tmp_path: Path, command: Sequence[str]) -> None:
    with OtherServer(tmp_path, *command) as server:
        async with chat_socket(server.url) as socket:
            await socket.connection.send(json.dumps({"message": "你好"}))
            frames = await socket.receive_until("end")
        assert frames[-1]["status"] == "completed"
        assert text_of(frames)
        assert server.get("/readyz")["status"] == "ready"
        assert "Traceback" not in server.log


@pytest.mark.parametrize("name", ["uvicorn", "daphne"])
def test_a_database_that_cannot_be_used_is_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "myllm.sqlite3").write_bytes(b"not a database" * 100)
    server = OtherServer(tmp_path, *COMMANDS[name])
    server.spawn()
    try:
        assert server.wait() != 0
    finally:
        server.kill()
    assert "myllm.sqlite3" in server.log
    assert "Traceback" not in server.log
    assert len(server.log.splitlines()) < 8


@pytest.mark.parametrize("name", ["uvicorn", "daphne"])
def test_a_wrong_setting_is_a_sentence(tmp_path: Path, name: str) -> None:
    server = OtherServer(tmp_path, *COMMANDS[name])
    server._environment["MYLLM_SLOTS"] = "many"
    server.spawn()
    try:
        assert server.wait() != 0
    finally:
        server.kill()
    assert "MYLLM_SLOTS" in server.log
    assert "Traceback" not in server.log


def test_a_lost_database_is_not_made_by_a_server_without_lifespan(tmp_path: Path) -> None:
    (tmp_path / "database-made").touch()
    server = OtherServer(tmp_path, *COMMANDS["uvicorn without lifespan"])
    server.spawn()
    try:
        server.wait_until_printed("running on")
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert answer.status == 503
        assert str(tmp_path) not in answer.read().decode()
        connection.close()
        assert str(tmp_path) in server.log
    finally:
        server.kill()
    assert not (tmp_path / "myllm.sqlite3").exists()


def test_commands_that_come_first_at_the_same_time_all_find_the_schema(tmp_path: Path) -> None:
    command = ["manage.py", "members"]
    servers = [LiveServer(tmp_path, command, MODELS="scripted/plain") for _ in range(3)]
    for server in servers:
        server.spawn()
    assert [server.wait() for server in servers] == [0, 0, 0], servers[0].log
