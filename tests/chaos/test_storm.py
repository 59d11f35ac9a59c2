"""Twenty rounds of storm, and a shorter one over a real model."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.chaos.storm import Storm
from tests.chaos.tally import Tally
from tests.live.live_server import LiveServer

SEED = 20261122


async def test_nothing_is_lost_in_twenty_rounds(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS="scripted", RUNS_PER_DEVICE=1000) as server:
        tally = await Storm(server, SEED).rage(20)
    _hold(tally, server)
    assert tally.kills >= 4
    assert tally.recovered == 0, "an answer went on in a new epoch"


@pytest.mark.model
async def test_nothing_is_lost_of_a_real_models_answers(tmp_path: Path, builtin_file: Path) -> None:
    options = {"max_new_tokens": 100, "temperature": 0}
    with LiveServer(tmp_path, MODELS=builtin_file, RUNS_PER_DEVICE=1000) as server:
        tally = await Storm(server, SEED, (builtin_file.stem,), options).rage(3)
    _hold(tally, server)
    assert tally.characters > 0


def _hold(tally: Tally, server: LiveServer) -> None:
    print(json.dumps({"seed": SEED, **asdict(tally)}))
    assert (tally.lost, tally.repeated, tally.amiss) == (0, 0, 0), tally
    assert "Traceback" not in server.log, server.log
