"""The clock's server with every token an event of its own, as a slow model has them."""

from __future__ import annotations

from unittest.mock import patch

from bench import clock_server
from tests.live.serve_without_page import serve

COMMAND = ("-m", "bench.replay_server")

if __name__ == "__main__":
    with (
        patch("chat.engine.open_engine", clock_server.open_clock_engine),
        patch("chat.runs.generation._COALESCE_SECONDS", 0.0),
    ):
        serve()
