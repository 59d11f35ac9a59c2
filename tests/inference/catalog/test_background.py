"""A download that was begun early is waited for, not begun again."""

from __future__ import annotations

import time

import pytest

from inference.catalog.background import EntryDownload, begin, missing, stop
from inference.errors import InferenceError, InferenceErrorCode
from inference.types import Download
from tests.inference.catalog.conftest import (
    CONTENT,
    ENTRY,
    MODELSCOPE_PATH,
    Network,
    never,
)


def ignore(_: Download) -> None:
    pass


def test_later_callers_join_a_running_download(network: Network) -> None:
    network.fill_modelscope()
    network.modelscope.delay = 0.3
    first = begin(EntryDownload(ENTRY, network.folder, network.endpoints))
    assert begin(EntryDownload(ENTRY, network.folder, network.endpoints)) is first
    received: list[Download] = []
    first.wait(received.append, never)
    assert received[-1].done == len(CONTENT)
    assert network.modelscope.begins(MODELSCOPE_PATH) == [0]


def test_a_failure_is_raised_to_all_and_the_next_begins_anew(network: Network) -> None:
    first = begin(EntryDownload(ENTRY, network.folder, network.endpoints))
    for _ in range(2):
        with pytest.raises(InferenceError) as caught:
            first.wait(ignore, never)
        assert caught.value.code is InferenceErrorCode.MODEL_FETCH_FAILED
    network.fill_modelscope()
    begin(EntryDownload(ENTRY, network.folder, network.endpoints)).wait(ignore, never)


def test_a_cancelled_one_is_not_joined(network: Network) -> None:
    network.fill_modelscope()
    network.modelscope.silent = True
    first = begin(EntryDownload(ENTRY, network.folder, network.endpoints))
    with pytest.raises(InferenceError) as caught:
        first.wait(ignore, lambda: True)
    assert caught.value.code is InferenceErrorCode.SHUTTING_DOWN
    network.modelscope.silent = False
    network.modelscope.let_go.set()
    begin(EntryDownload(ENTRY, network.folder, network.endpoints)).wait(ignore, never)


def test_a_paused_one_keeps_what_has_come_and_goes_on_from_there(network: Network) -> None:
    network.fill_modelscope()
    network.modelscope.slow = 400_000
    work = EntryDownload(ENTRY, network.folder, network.endpoints)
    first = begin(work)
    while not first.progress.done:
        time.sleep(0.01)
    first.pause()
    with pytest.raises(InferenceError) as caught:
        first.wait(ignore, never)
    assert caught.value.code is InferenceErrorCode.DOWNLOAD_PAUSED
    assert caught.value.detail == {"model": ENTRY.name}
    paused = missing(work)
    assert paused is not None
    assert (paused.paused, paused.bytes_per_second) == (True, None)
    network.modelscope.slow = 0
    begin(work).wait(ignore, never)
    begun_at = network.modelscope.begins(MODELSCOPE_PATH)
    assert len(begun_at) == 2
    assert begun_at[1] > 0
    assert missing(work) is None


def test_two_requests_share_one(network: Network) -> None:
    network.fill_modelscope()
    network.modelscope.slow = 2_000_000
    works = [EntryDownload(ENTRY, network.folder, network.endpoints) for _ in range(2)]
    first, second = map(begin, works)
    assert first is second
    first.wait(ignore, never)
    second.wait(ignore, never)
    assert network.modelscope.begins(MODELSCOPE_PATH) == [0]


def test_progress_shows_how_fast_it_goes(network: Network) -> None:
    network.fill_modelscope()
    network.modelscope.slow = 200_000
    running = begin(EntryDownload(ENTRY, network.folder, network.endpoints))
    received: list[Download] = []
    running.wait(received.append, never)
    rates = [one.bytes_per_second for one in received if one.bytes_per_second]
    assert rates
    assert all(rate < len(CONTENT) for rate in rates)
    assert any(one.bytes_per_second for one in received)


def test_a_stopped_one_leaves_its_files_free(network: Network) -> None:
    network.fill_modelscope()
    network.modelscope.slow = 100_000
    work = EntryDownload(ENTRY, network.folder, network.endpoints)
    running = begin(work)
    while not running.progress.done:
        time.sleep(0.01)
    assert stop(work)
    assert not running.is_under_way
    came = network.part.stat().st_size
    assert 0 < came < len(CONTENT)
    assert stop(work)
