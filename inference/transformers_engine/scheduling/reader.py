"""The receiver of one run's events."""

from __future__ import annotations

import logging
from typing import Protocol

from inference.errors import InferenceError
from inference.events import GenerationEvent

logger = logging.getLogger(__name__)


class Reader(Protocol):
    """Called in the worker's thread: `put` any number of times, then `finish` once."""

    def put(self, item: GenerationEvent) -> None: ...

    def finish(self, failure: BaseException | None = None) -> None: ...


def finish(reader: Reader, failure: InferenceError | None) -> None:
    """End a reader. An exception is logged, so that it does not keep others from their end."""
    try:
        reader.finish(failure)
    except Exception:
        logger.exception("a reader could not take its end")
