"""Ctrl-C and SIGTERM end the server in time, and running answers continue when it is back."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.live.chat_socket import chat_socket
from tests.live.live_server import LiveServer
from tests.live.test_recovery import Cursor, read_on

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")

ALLOWED_SECONDS = 20.0
"""It takes one to three; a server that waits for its readers never ends."""
GOING_AWAY_TO_RESTART = 1012


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
async def test_a_running_answer_continues_at_the_next_start(
    tmp_path: Path, sent: signal.Signals
) -> None:
    with LiveServer(tmp_path, MODELS="scripted/endless") as server:
        async with chat_socket(server.url) as socket:
            run = (await socket.ask("数数"))["run"]
            had = await read_on(socket, Cursor(), 60)
            seconds = server.stop(sent)
            assert await socket.closed_with() == GOING_AWAY_TO_RESTART
        assert seconds < ALLOWED_SECONDS
        assert server.exit_code == 0, server.log

        server.start()
        async with chat_socket(server.url) as socket:
            await socket.tell("attach", run=run, after=had.seq, epoch=1)
            await read_on(socket, had, len(had.text) + 20)
