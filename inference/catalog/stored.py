"""A catalog entry's file as it lies in the models' folder: whole, partial, or not there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from inference.catalog.entry import CatalogEntry
from inference.errors import InferenceError, InferenceErrorCode


def path(entry: CatalogEntry, folder: Path) -> Path:
    """Where the file lies in `folder`, or will once it is downloaded."""
    return folder / entry.file_name


def partial(entry: CatalogEntry, folder: Path) -> Path:
    """Where the file's beginning lies while it is downloaded."""
    return folder / f"{entry.file_name}.part"


def present(entry: CatalogEntry, folder: Path) -> bool:
    """Whether the file is there in full length; cheap. `verify` reads it as well."""
    return length(path(entry, folder)) == entry.size


def missing_bytes(entry: CatalogEntry, folder: Path) -> int:
    """How much is still to be downloaded."""
    return 0 if present(entry, folder) else entry.size - length(partial(entry, folder))


def verify(entry: CatalogEntry, folder: Path) -> Path:
    """The file, read and compared. InferenceError: `model_file_missing`, `…_damaged`."""
    file = path(entry, folder)
    if not file.is_file():
        raise file_error(InferenceErrorCode.MODEL_FILE_MISSING, file)
    if not is_genuine(file, entry):
        raise file_error(InferenceErrorCode.MODEL_FILE_DAMAGED, file)
    return file


def is_genuine(file: Path, entry: CatalogEntry) -> bool:
    """Whether the content is the entry's; reads all of it."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest() == entry.sha256


def length(file: Path) -> int:
    """In bytes; 0 where there is none."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def file_error(code: InferenceErrorCode, file: Path) -> InferenceError:
    """What is wrong with a model's file, by its name."""
    return InferenceError(code, f"{code}: {file}", detail={"file": file.name})
