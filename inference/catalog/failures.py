"""Why a file's sources did not deliver it."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from inference.catalog.http import proxy_of
from inference.catalog.hub_refusal import HubAnswer, refusal
from inference.catalog.sources import HubSource, Source
from inference.catalog.stored import file_error
from inference.catalog.transfer import SourceError
from inference.errors import InferenceError, InferenceErrorCode


class Failures:
    """The failures of one file's download, by source."""

    def __init__(self) -> None:
        self._reasons: dict[str, str] = {}
        self._refused: dict[Source, int | None] = {}
        self._wrong: set[Source] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The sources that were given up, for people."""
        return tuple(self._reasons)

    def note(self, source: Source, error: SourceError) -> None:
        """A source broke off, refused, or could not be reached."""
        self._refused[source] = error.status
        self._add(_with_proxy(source), str(error))

    def note_other_file(self, source: Source) -> None:
        """A source has another file of that name."""
        self._wrong.add(source)
        self._add(source.name, "it has another file")

    def error(self, file: Path, sources: Sequence[Source]) -> InferenceError:
        """Of all the sources there were."""
        if self._wrong and all(self._has_not(source) for source in sources):
            return file_error(InferenceErrorCode.MODEL_FILE_DAMAGED, file)
        return self._refusal(sources) or self._fetch_failed(file)

    def _has_not(self, source: Source) -> bool:
        return source in self._wrong or self._refused.get(source) == HTTPStatus.NOT_FOUND

    def _refusal(self, sources: Sequence[Source]) -> InferenceError | None:
        """The refusal of the hubs, where only hubs have the file: the owner can act on it."""
        hubs = [source for source in sources if isinstance(source, HubSource)]
        if self._wrong or len(hubs) < len(sources):
            return None
        return refusal(
            [HubAnswer(hub.name, hub.repository, self._refused.get(hub)) for hub in hubs]
        )

    def _fetch_failed(self, file: Path) -> InferenceError:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in self._reasons.items())
        return InferenceError(
            InferenceErrorCode.MODEL_FETCH_FAILED,
            f"no source delivered {file.name}: {reasons or 'there is none'}",
            retryable=True,
            detail={"sources": ", ".join(self._reasons) or "–"},
        )

    def _add(self, name: str, reason: str) -> None:
        known = self._reasons.get(name)
        self._reasons[name] = reason if known in (None, reason) else f"{known}; {reason}"


def _with_proxy(source: Source) -> str:
    """The source's name, and the proxy that stood between, if there was one."""
    proxy = proxy_of(source.url if isinstance(source, HubSource) else source.index)
    return f"{source.name} ({proxy})" if proxy else source.name
