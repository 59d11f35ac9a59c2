"""A server with limits in their old and in their new spelling."""

from __future__ import annotations

from pathlib import Path

from tests.live.live_server import LiveServer


def test_an_old_name_counts_and_is_shown_once_in_its_new_spelling(tmp_path: Path) -> None:
    server = LiveServer(tmp_path, MODELS="scripted", QUEUE_LENGTH=8)
    server._environment |= {"MYLLM_FRAME_BYTES": "65536", "LANGUAGE": "en"}
    with server:
        assert server.get("/healthz") == {"status": "ok"}
    assert server.log.count('MYLLM_LIMITS="frame_bytes=65536,') == 1
    assert "queue_length=8" in server.log


def test_a_server_without_old_names_shows_nothing_of_them(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS="scripted", QUEUE_LENGTH=8) as server:
        assert server.get("/healthz") == {"status": "ok"}
    assert "MYLLM_" not in server.log
