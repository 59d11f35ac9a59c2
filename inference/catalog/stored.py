"""A file of the catalog as it lies in the models' folder: whole, partial, or not there."""

from __future__ import annotations

from pathlib import Path

from inference.catalog.entry import Downloadable
from inference.errors import InferenceError, InferenceErrorCode


def path(entry: Downloadable, folder: Path) -> Path:
    """Where the file lies in `folder`, or will once it is downloaded."""
    return folder / entry.file_name


def partial(entry: Downloadable, folder: Path) -> Path:
    """Where the file's beginning lies while it is downloaded."""
    return folder / f"{entry.file_name}.part"


def present(entry: Downloadable, folder: Path) -> bool:
    """Whether the file is there in full length; cheap. `verify` reads it as well."""
    return length(path(entry, folder)) == entry.size


def missing_bytes(entry: Downloadable, folder: Path) -> int:
    """How much is still to be downloaded."""
    return 0 if present(entry, folder) else entry.size - length(partial(entry, folder))


def verify(entry: Downloadable, folder: Path) -> Path:
    """The file, read and compared. InferenceError: `model_file_missing`, `…_damaged`."""
    file = path(entry, folder)
    if not file.is_file():
        raise file_error(InferenceErrorCode.MODEL_FILE_MISSING, file)
    if not is_genuine(file, entry):
        raise file_error(InferenceErrorCode.MODEL_FILE_DAMAGED, file)
    return file


def is_genuine(file: Path, entry: Downloadable) -> bool:
    """Whether the content is the entry's; reads all of it. Without a digest its length decides."""
    return length(file) == entry.size and (entry.digest is None or entry.digest.matches(file))


def length(file: Path) -> int:
    """In bytes; 0 where there is none."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def file_error(code: InferenceErrorCode, file: Path) -> InferenceError:
    """What is wrong with a model's file, by its name."""
    return InferenceError(code, f"{code}: {file}", detail={"file": file.name})
