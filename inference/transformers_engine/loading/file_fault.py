"""Errors of reading one file of a folder; they name the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inference.errors import InferenceError, InferenceErrorCode
from inference.transformers_engine.out_of_memory import is_out_of_memory


def file_error(code: InferenceErrorCode, file: Path, reason: object) -> InferenceError:
    """The errors of one file of the folder, or of the folder itself."""
    return InferenceError(code, f"{file}: {reason}", detail={"file": file.name})


def damaged(file: Path, reason: object) -> InferenceError:
    """`model_file_damaged` for the file."""
    return file_error(InferenceErrorCode.MODEL_FILE_DAMAGED, file, reason)


def missing(file: Path, reason: object) -> InferenceError:
    """`model_file_missing` for the file."""
    return file_error(InferenceErrorCode.MODEL_FILE_MISSING, file, reason)


@contextmanager
def reading(file: Path, *, runs_code: bool = False) -> Iterator[None]:
    """Raises `model_file_damaged` for any exception inside.

    Missing packages, a lack of memory, and what code of the folder raises pass unchanged.
    """
    try:
        yield
    except (InferenceError, ImportError):
        raise
    except Exception as error:
        if runs_code or is_out_of_memory(error):
            raise
        raise damaged(file, error) from error
