"""All files of one model, downloaded into a folder of its own."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from inference.catalog.digest import Digest
from inference.catalog.download import MARGIN_BYTES, download, storage_error
from inference.catalog.download_job import OnProgress
from inference.catalog.entry import FileEntry
from inference.catalog.manifest import read_manifest, write_manifest
from inference.catalog.resolution import resolve
from inference.catalog.sources import Endpoints
from inference.catalog.stored import length, missing_bytes, partial, path, present
from inference.catalog.transfer import Cancelled
from inference.catalog.wanted import WantedModel
from inference.errors import InferenceError, InferenceErrorCode
from inference.types import Download

_MAY_BE_OUTDATED = (
    InferenceErrorCode.MODEL_FILE_DAMAGED,
    InferenceErrorCode.MODEL_FETCH_FAILED,
    InferenceErrorCode.HUB_NOT_FOUND,
)
"""Errors that a repository changed since its listing can cause."""


class ModelDownload:
    """Of `wanted`, below `models_dir`. Looking at what is there is cheap; the rest blocks."""

    def __init__(self, wanted: WantedModel, models_dir: Path, endpoints: Endpoints) -> None:
        self.wanted = wanted
        self.folder = models_dir / wanted.folder
        self._endpoints = endpoints
        of_file = wanted.files[0].rpartition("/")[2] if wanted.files else "model"
        self._manifest = self.folder / f"{of_file}.download.json"

    @property
    def key(self) -> Path:
        """The same for two downloads of one model."""
        return self._manifest

    @property
    def name(self) -> str:
        """For people."""
        return self.wanted.name

    def files(self) -> tuple[FileEntry, ...]:
        """Those that it consists of; none as long as no hub was asked."""
        return self.wanted.known or read_manifest(self._manifest)

    def loaded_path(self) -> Path | None:
        """What is loaded: the GGUF file, or the folder; None as long as that is not known."""
        files = self.files()
        if not files:
            return None
        first = path(files[0], self.folder)
        return first if first.suffix.lower() == ".gguf" else self.folder

    def is_there(self) -> bool:
        """Whether all files are there in full length."""
        files = self.files()
        return bool(files) and all(present(file, self.folder) for file in files)

    def missing(self) -> Download | None:
        """The progress; None where all files are there. Its total is 0 before a listing."""
        files = self.files()
        if files and self.is_there():
            return None
        return Download(self._done(files), sum(file.size for file in files))

    def download(self, on_progress: OnProgress, cancelled: Cancelled) -> None:
        """Raises `InferenceError` as `download` and `resolve` do. What has arrived is kept."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            remembered = self.files()
            try:
                self._fetch(remembered or self._resolved(), on_progress, cancelled)
            except InferenceError as error:
                renewed = self._renewed(remembered, error)
                self._fetch(renewed, on_progress, cancelled)
        except OSError as error:
            raise storage_error(error) from error

    def delete(self, *, partial_only: bool = False) -> None:
        """Removes what was downloaded, or only what has not arrived whole. No download of it may
        be under way. Raises `OSError`.
        """
        if partial_only and self.is_there():
            return
        for file in self.files():
            for left in (path(file, self.folder), partial(file, self.folder)):
                left.unlink(missing_ok=True)
            with suppress(OSError):  # on Windows one that another process holds
                (self.folder / f"{file.file_name}.lock").unlink(missing_ok=True)
        self._manifest.unlink(missing_ok=True)
        with suppress(OSError):  # another model's files may lie there
            self.folder.rmdir()

    def _fetch(
        self, files: Sequence[FileEntry], on_progress: OnProgress, cancelled: Cancelled
    ) -> None:
        self._require_space(files)
        for file in files:
            on_file_progress = self._all(files, file, on_progress)
            download(file, self.folder, self._endpoints, on_file_progress, cancelled)

    def _resolved(self) -> tuple[FileEntry, ...]:
        files = resolve(self.wanted, self._endpoints)
        write_manifest(self._manifest, files)
        return files

    def _renewed(
        self, remembered: Sequence[FileEntry], error: InferenceError
    ) -> tuple[FileEntry, ...]:
        """The files that the hub has now, where they changed; else raises `error`."""
        if not remembered or self.wanted.known or error.code not in _MAY_BE_OUTDATED:
            raise error
        with suppress(InferenceError):
            if self._digests(resolve(self.wanted, self._endpoints)) != self._digests(remembered):
                return self._resolved()
        raise error

    @staticmethod
    def _digests(files: Sequence[FileEntry]) -> list[tuple[str, int, Digest | None]]:
        return [(file.file_name, file.size, file.digest) for file in files]

    def _require_space(self, files: Sequence[FileEntry]) -> None:
        """For all of them, before the first one begins."""
        needed = sum(missing_bytes(file, self.folder) for file in files)
        if needed and shutil.disk_usage(self.folder).free < needed + MARGIN_BYTES:
            raise OSError(errno.ENOSPC, f"{needed} bytes are needed in {self.folder}")

    def _all(
        self, files: Sequence[FileEntry], now: FileEntry, on_progress: OnProgress
    ) -> Callable[[Download], None]:
        """A file's progress as the model's."""
        others = self._done([file for file in files if file is not now])
        total = sum(file.size for file in files)

        def on_file_progress(progress: Download) -> None:
            on_progress(replace(progress, done=others + progress.done, total=total))

        return on_file_progress

    def _done(self, files: Sequence[FileEntry]) -> int:
        return sum(
            file.size if present(file, self.folder) else length(partial(file, self.folder))
            for file in files
        )
