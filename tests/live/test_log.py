"""What a server logs, and what it does not."""

from __future__ import annotations

from pathlib import Path

from tests.live.chat_socket import chat_socket
from tests.live.live_server import LiveServer
from tests.live.remote_caller import pair


async def test_no_message_and_no_secret_is_written_down(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS="scripted", PAIRING=1, OPEN=0) as server:
        made = pair(server)
        async with chat_socket(server.url) as socket:
            for model in ("scripted/plain", "scripted/error"):
                await socket.ask("the secret of the family", model=model)
                await socket.receive_next("end")
        kept = (tmp_path / "logs" / "myllm.log").read_text() + server.log
    assert "failed" in kept
    for secret in ("secret of the family", made["token"], (tmp_path / "secret_key").read_text()):
        assert secret not in kept
