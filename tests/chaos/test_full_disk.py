"""What cannot be written to the journal is told as not saved, and a death begins a new epoch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos import serve_on_a_full_disk
from tests.chaos.counting import MODEL, begin_counting, read_until, read_until_saving_is
from tests.live.live_server import LiveServer

_MEGABYTE = 1 << 20
_CHARACTERS_OF_A_PAGE = 150
"""Their events are more than fit into 4 KiB, in which a full disk still takes what is written."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB in memory."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root of a Linux system can mount one")
    command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(tmp_path)]
    if subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("this system does not let root mount one")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def fill(folder: Path) -> Path:
    """A file that takes all space there is; removed, there is some again."""
    filler = folder / "filler"
    left = shutil.disk_usage(folder).free
    with filler.open("wb", buffering=0) as opened:
        try:
            while left > 0:
                left -= opened.write(b"\0" * min(left, _MEGABYTE))
        except OSError:
            pass
    return filler


async def test_a_journal_without_space_is_not_gone_on_from(tmp_path: Path) -> None:
    with LiveServer(tmp_path, serve_on_a_full_disk.COMMAND, MODELS=MODEL) as server:
        reader = await begin_counting(server)
        await read_until(server, reader, 20)
        (tmp_path / serve_on_a_full_disk.MARK).touch()
        await read_until_saving_is(server, reader, False)
        await read_until(server, reader, len(reader.texts["answer"]) + 20)
        server.kill()
        (tmp_path / serve_on_a_full_disk.MARK).unlink()
        server.start()
        await read_until(server, reader, 60)
    assert reader.epoch == 2


async def test_with_space_again_the_journal_counts_again(tmp_path: Path) -> None:
    with LiveServer(tmp_path, serve_on_a_full_disk.COMMAND, MODELS=MODEL) as server:
        reader = await begin_counting(server)
        await read_until(server, reader, 20)
        (tmp_path / serve_on_a_full_disk.MARK).touch()
        await read_until_saving_is(server, reader, False)
        (tmp_path / serve_on_a_full_disk.MARK).unlink()
        await read_until_saving_is(server, reader, True)
        await read_until(server, reader, len(reader.texts["answer"]) + 20)
        server.kill()
        server.start()
        await read_until(server, reader, len(reader.texts["answer"]) + 20)
    assert reader.epoch == 1


async def test_a_full_disk_stops_no_answer_and_a_death_begins_a_new_epoch(
    small_disk: Path,
) -> None:
    with LiveServer(small_disk, MODELS=MODEL) as server:
        reader = await begin_counting(server)
        await read_until(server, reader, 20)
        filler = fill(small_disk)
        await read_until_saving_is(server, reader, False)
        await read_until(server, reader, len(reader.texts["answer"]) + _CHARACTERS_OF_A_PAGE)
        server.kill()
        filler.unlink()
        server.start()
        await read_until(server, reader, 60)
    assert reader.epoch == 2
