"""Which models were evicted for which other one: they are loaded again if that one is not."""

from __future__ import annotations

from collections.abc import Callable

from inference.model_list import ModelList


class Evictions:
    """The evictions whose outcome is open. Used from one event loop."""

    def __init__(self, models: ModelList) -> None:
        self._models = models
        self._evicted: dict[str, tuple[str, ...]] = {}

    def evict(self, victims: tuple[str, ...], model: str) -> None:
        """Begin to free the memory of `victims`, for `model`."""
        self._evicted[model] = (*self._evicted.get(model, ()), *victims)
        for other in victims:
            self._models[other].claim.evict()

    def restore(self, fits: Callable[[str], bool]) -> None:
        """Load those again whose successor was not loaded after all, where they still fit."""
        for model in self._settled():
            lane = self._models.find(model)
            evicted = self._evicted.pop(model)
            if lane is None or not lane.lifecycle.is_ready:
                for other in filter(fits, evicted):
                    self._models[other].request_load()

    def _settled(self) -> list[str]:
        """The successors that are loaded, or no longer waiting to be."""
        lanes = ((model, self._models.find(model)) for model in self._evicted)
        return [model for model, lane in lanes if lane is None or not lane.claim.is_pending]
