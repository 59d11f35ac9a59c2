"""Six kills for each engine: no reader's text changes, and numbers, ends and epochs stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.chaos.engines import settings, transformers
from tests.chaos.kill_series import KillSeries
from tests.live.live_server import SERVE, LiveServer

SEED = 20261201
KILLS = 6


@pytest.mark.model
async def test_no_text_changes_when_llama_cpp_is_killed(tmp_path: Path, builtin_file: Path) -> None:
    await _kill(tmp_path, builtin_file)


async def test_no_text_changes_when_transformers_is_killed(tmp_path: Path) -> None:
    await _kill(tmp_path, transformers(tmp_path))


async def _kill(folder: Path, model: Path | str) -> None:
    with LiveServer(folder, SERVE, **settings(model)) as server:
        score = await KillSeries(server, SEED, tokens=80).run(KILLS)
    print(json.dumps(score.figures()))
    assert score.is_whole, score.faults
    assert score.epochs_changed == 0
    assert score.characters > 0
    assert "Traceback" not in server.log, server.log
