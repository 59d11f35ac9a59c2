"""A journal that may lack what readers have is not gone on from: they get a new epoch."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.chaos.counting import MODEL, begin_counting, read_until
from tests.chaos.damage import damages
from tests.live.live_server import LiveServer

DAMAGES = damages(random.Random(20261201))


@pytest.mark.parametrize("name", DAMAGES)
async def test_after_damage_a_new_epoch_begins_with_a_snapshot(tmp_path: Path, name: str) -> None:
    with LiveServer(tmp_path, MODELS=MODEL) as server:
        reader = await begin_counting(server)
        await read_until(server, reader, 40)
        had = reader.texts
        server.kill()
        DAMAGES[name](tmp_path)
        server.start()
        await read_until(server, reader, len(had["answer"]) + 20)
    assert reader.epoch == 2
    assert reader.earlier == [had]


async def test_without_damage_the_epoch_stays(tmp_path: Path) -> None:
    with LiveServer(tmp_path, MODELS=MODEL) as server:
        reader = await begin_counting(server)
        await read_until(server, reader, 40)
        server.kill()
        server.start()
        await read_until(server, reader, 80)
    assert reader.epoch == 1
    assert reader.earlier == []
