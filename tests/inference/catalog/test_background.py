"""A download that was begun early is waited for, not begun again."""

from __future__ import annotations

import pytest

from inference.catalog.background import EntryDownload, begin
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


def test_whoever_needs_the_file_joins_what_runs(network: Network) -> None:
    network.fill_modelscope()
    network.modelscope.delay = 0.3
    first = begin(EntryDownload(ENTRY, network.folder, network.endpoints))
    assert begin(EntryDownload(ENTRY, network.folder, network.endpoints)) is first
    told: list[Download] = []
    first.wait(told.append, never)
    assert told[-1].done == len(CONTENT)
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
