"""A few kills for each engine: no reader's text changes, and numbers, ends and epochs stay.

`python3 -m tests.chaos.kills` goes on for as long as wanted.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.chaos.engines import settings, transformers
from tests.chaos.kill_series import KillSeries
from tests.live.live_server import SERVE, LiveServer

SEED = 20261201


@pytest.mark.model
async def test_no_text_changes_when_llama_cpp_is_killed(tmp_path: Path, builtin_file: Path) -> None:
    await _kill(tmp_path, builtin_file, kills=4)


async def test_no_text_changes_when_transformers_is_killed(tmp_path: Path) -> None:
    """Fewer, since torch takes some seconds of every start."""
    await _kill(tmp_path, transformers(tmp_path), kills=2)


async def _kill(folder: Path, model: Path | str, kills: int) -> None:
    with LiveServer(folder, SERVE, **settings(model)) as server:
        score = await KillSeries(server, SEED, tokens=60).run(kills)
    print(json.dumps(score.figures()))
    assert score.is_whole, score.faults
    assert score.epochs_changed == 0
    assert score.kills.total() == kills
    assert score.characters > 0
    assert "Traceback" not in server.log, server.log
