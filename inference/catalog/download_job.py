"""One download under way: from source to source until the file is whole and genuine."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from inference.catalog.entry import Downloadable
from inference.catalog.failures import Failures
from inference.catalog.race import by_speed
from inference.catalog.receive import receive
from inference.catalog.sources import Endpoints, Source, open_sources
from inference.catalog.stored import is_genuine, length
from inference.catalog.transfer import Cancelled, SourceError
from inference.errors import InferenceError, InferenceErrorCode
from inference.types import Download

OnProgress = Callable[[Download], None]

LEAST_GAIN = 1_000_000
"""Bytes that a round through all sources has to bring, or there is no other round."""
_REPORT_SECONDS = 0.2


class DownloadJob:
    """Downloads one entry into the file `part`, to which the caller has exclusive access."""

    def __init__(
        self, entry: Downloadable, part: Path, on_progress: OnProgress, cancelled: Cancelled
    ) -> None:
        self._entry = entry
        self._part = part
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._sources: list[Source] = []
        self._failures = Failures()
        self._came = 0
        self._from: set[Source | None] = {None} if length(part) else set()
        """The sources of the file's bytes; None stands for an earlier download."""

    def run(self, endpoints: Endpoints) -> Path:
        """The genuine file, still under its temporary name. Raises `InferenceError`."""
        self._report("", length(self._part))
        found = by_speed(open_sources(self._entry.sources, endpoints))
        self._sources = list(found)
        while self._sources:
            before = self._came
            if any(self._delivered(source) for source in tuple(self._sources)):
                return self._part
            if self._came - before < LEAST_GAIN:
                break
        raise self._failures.error(self._part.with_name(self._entry.file_name), found)

    def _delivered(self, source: Source) -> bool:
        """Whether the file is whole and genuine now. A wrong one is removed; where several sources
        contributed to it, the download is repeated from this one alone before it is rejected.
        """
        if not self._received(source):
            return False
        if is_genuine(self._part, self._entry):
            return True
        is_its_own = self._from == {source}
        self._part.unlink()
        self._from.clear()
        if not is_its_own:
            return self._delivered(source)
        self._failures.note_other_file(source)
        self._sources.remove(source)
        return False

    def _received(self, source: Source) -> bool:
        """Whether the file has its whole length now."""
        had = length(self._part)
        try:
            receive(source, self._part, self._entry.size, self._watch(source), self._cancelled)
        except SourceError as error:
            self._failures.note(source, error)
        came = length(self._part) - had
        self._came += max(came, 0)
        if came > 0:
            self._from.add(source)
        return length(self._part) == self._entry.size

    def _watch(self, source: Source) -> Callable[[int], None]:
        reported_at = float("-inf")

        def on_bytes(done: int) -> None:
            nonlocal reported_at
            now = time.monotonic()
            if now - reported_at >= _REPORT_SECONDS or done >= self._entry.size:
                reported_at = now
                self._report(source.name, done)

        on_bytes(length(self._part))
        return on_bytes

    def _report(self, source: str, done: int) -> None:
        if self._cancelled():
            raise InferenceError(InferenceErrorCode.SHUTTING_DOWN, "the download was cancelled")
        size = self._entry.size
        self._on_progress(Download(min(done, size), size, source, self._failures.names))
