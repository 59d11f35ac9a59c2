"""Servers that several tests share; a test that changes one starts its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builtin_models import offer
from tests.live.live_server import LiveServer

UVICORNS_OWN_TRACEBACK = "Invalid UTF-8 sequence received from client.\n  | Traceback"


@pytest.fixture(scope="session")
def scripted_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Open, with all scripted models. No test makes it print a traceback."""
    folder = tmp_path_factory.mktemp("scripted")
    with LiveServer(folder, MODELS="scripted", RUNS_PER_DEVICE=64) as server:
        yield server
        assert "Traceback" not in server.log.replace(UVICORNS_OWN_TRACEBACK, ""), server.log


@pytest.fixture(scope="session")
def builtin_server(
    tmp_path_factory: pytest.TempPathFactory, builtin_file: Path
) -> Iterator[LiveServer]:
    """Open, with the built-in model and one slot."""
    folder = tmp_path_factory.mktemp("builtin")
    offer(folder, builtin_file)
    with LiveServer(folder, MODELS="smollm2", SLOTS=1) as server:
        yield server


@pytest.fixture(scope="session")
def paired_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Not open, with all scripted models. No test makes it print a traceback."""
    folder = tmp_path_factory.mktemp("paired")
    settings = {"PAIRING": 1, "OPEN": 0, "HELLO_SECONDS": 1, "MODELS": "scripted"}
    with LiveServer(folder, **settings) as server:  # type: ignore[arg-type]
        yield server
        assert "Traceback" not in server.log, server.log
