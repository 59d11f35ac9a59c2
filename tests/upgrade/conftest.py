"""Today's server on the data folder of version 0.1."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.live_server import LiveServer
from tests.upgrade.old_data import Expected, expected, unpack

NEVER_PURGED = 36_500
"""Days: the conversation that was deleted in 0.1 has to be found however old the fixture is."""


@pytest.fixture(scope="session")
def left() -> Expected:
    """What 0.1 itself has listed."""
    return expected()


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Started once; nothing it does to the data may print a traceback."""
    folder = tmp_path_factory.mktemp("upgraded")
    unpack(folder)
    settings = {"MODELS": "scripted", "OPEN": 0, "PAIRING": 1, "PURGE_DAYS": NEVER_PURGED}
    with LiveServer(folder, **settings) as server:  # type: ignore[arg-type]
        yield server
        assert "Traceback" not in server.log, server.log
