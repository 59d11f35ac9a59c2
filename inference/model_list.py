"""The list of models, in the order in which clients see it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator

from inference.backends.base import Backend
from inference.backends.identified import numbered
from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.lane import Lane
from inference.types import ModelCard

logger = logging.getLogger(__name__)

MakeLane = Callable[[Backend], Lane]


class ModelList:
    """A lane for each model, the default first. Used from one event loop."""

    def __init__(self, make: MakeLane, on_removed: Callable[[], None]) -> None:
        """`on_removed` is called when the memory of one that was removed is free."""
        self._make = make
        self._on_removed = on_removed
        self._lanes: dict[str, Lane] = {}
        self._closing: dict[asyncio.Task[None], Lane] = {}
        self._changed = asyncio.Event()

    def __iter__(self) -> Iterator[Lane]:
        return iter(tuple(self._lanes.values()))

    def __getitem__(self, model: str) -> Lane:
        """Raises `InferenceError` with `unknown_model`."""
        lane = self._lanes.get(model)
        if lane is None:
            raise InferenceError(
                InferenceErrorCode.UNKNOWN_MODEL,
                f"no model {model!r}; there are {', '.join(self._lanes)}",
                detail={"model": model},
            )
        return lane

    @property
    def default(self) -> str:
        """The id of the first."""
        return next(iter(self._lanes))

    @property
    def closing(self) -> tuple[Lane, ...]:
        """Those that were removed and still hold memory."""
        return tuple(self._closing.values())

    def find(self, model: str) -> Lane | None:
        return self._lanes.get(model)

    def cards(self) -> tuple[ModelCard, ...]:
        return tuple(lane.card for lane in self._lanes.values())

    def add(self, backend: Backend) -> Lane:
        """Append a model; an id that is taken gets a number."""
        unique = numbered(backend, self._lanes)
        lane = self._lanes[unique.card.id] = self._make(unique)
        self.notify()
        return lane

    def set_default(self, model: str) -> None:
        """Put it first. Raises `InferenceError` with `unknown_model`."""
        self._lanes = {model: self[model], **self._lanes}
        self.notify()

    async def remove(self, model: str) -> None:
        """Take it out at once, end its runs with `model_removed`, and free its memory; continues
        when the caller is cancelled. Raises `InferenceError`: `unknown_model`, and
        `invalid_request` for the only one.
        """
        lane = self[model]
        if len(self._lanes) == 1:
            raise _is_only(lane.card)
        del self._lanes[model]
        closing = asyncio.create_task(lane.close(_removed(lane.card)), name=f"remove {model}")
        self._closing[closing] = lane
        closing.add_done_callback(self._removed)
        self.notify()
        await asyncio.shield(closing)

    async def close(self, error: InferenceError) -> None:
        """End all runs and free all memory, also of models that are being removed."""
        closing = tuple(self._closing)
        await asyncio.gather(*(lane.close(error) for lane in self._lanes.values()))
        if closing:
            await asyncio.wait(closing)

    async def watch(self) -> AsyncIterator[tuple[ModelCard, ...]]:
        """`cards()` now and after every change; changes between two reads are merged."""
        while True:
            changed = self._changed
            yield self.cards()
            await changed.wait()

    def notify(self) -> None:
        """Wake everyone who watches the list."""
        self._changed.set()
        self._changed = asyncio.Event()

    def _removed(self, closing: asyncio.Task[None]) -> None:
        lane = self._closing.pop(closing)
        if not closing.cancelled() and (error := closing.exception()) is not None:
            logger.error("%s could not be freed", lane.card.id, exc_info=error)
        self._on_removed()


def _is_only(card: ModelCard) -> InferenceError:
    detail: Detail = {"reason": f"{card.name} is the only model"}
    code = InferenceErrorCode.INVALID_REQUEST
    return InferenceError(code, f"{card.id} is the only model", detail=detail)


def _removed(card: ModelCard) -> InferenceError:
    detail: Detail = {"model": card.name}
    return InferenceError(InferenceErrorCode.MODEL_REMOVED, f"{card.id} was removed", detail=detail)
