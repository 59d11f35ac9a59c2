"""`backup` and `restore` beside a server that is writing an answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.live.chat_socket import chat_socket
from tests.live.live_server import ROOT, LiveServer
from tests.patience import PATIENCE


def _command(server: LiveServer, *words: str) -> None:
    own = {"MYLLM_DATA_DIR": str(server.folder), "DJANGO_SETTINGS_MODULE": "MyLLM.settings"}
    ended = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=os.environ | own,
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


async def test_a_running_server_applies_a_restored_backup(tmp_path: Path) -> None:
    data, backup = tmp_path / "data", tmp_path / "backup.zip"
    data.mkdir()
    with LiveServer(data, MODELS="scripted", RESPAWNS=5) as server:
        async with chat_socket(server.url) as socket:
            run = (await socket.ask("数", "scripted/endless"))["run"]
            await socket.receive_next("stream")
            _command(server, "backup", str(backup))
            before = await socket.receive_next("stream")
            later = await socket.ask("later", "scripted/plain")
        _command(server, "restore", str(backup))
        server.wait_until_it_answers()
        async with chat_socket(server.url) as socket:
            await socket.tell("attach", run=later["run"], after=0)
            assert (await socket.receive_next("error"))["code"] == "unknown_run"
            await socket.tell("attach", run=run, epoch=1, after=before["seq"])
            assert (await socket.receive_next("snapshot"))["epoch"] == 2
            await socket.receive_next("stream")
