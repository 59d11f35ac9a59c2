"""Which models had to go for which other one, so that they come back if that is not loaded."""

from __future__ import annotations

from collections.abc import Callable

from inference.model_list import ModelList


class Evictions:
    """Used from one event loop."""

    def __init__(self, models: ModelList) -> None:
        self._models = models
        self._gone: dict[str, tuple[str, ...]] = {}

    def evict(self, leaving: tuple[str, ...], model: str) -> None:
        """Begin to free the memory of those, for this model."""
        self._gone[model] = (*self._gone.get(model, ()), *leaving)
        for other in leaving:
            self._models[other].claim.take_away()

    def restore(self, fits: Callable[[str], bool]) -> None:
        """Ask again for those whose successor was not loaded after all, where they still fit."""
        for model in self._settled():
            lane = self._models.find(model)
            gone = self._gone.pop(model)
            if lane is None or not lane.life.is_ready:
                for other in filter(fits, gone):
                    self._models[other].ask()

    def _settled(self) -> list[str]:
        """The successors that are loaded, or will not be."""
        lanes = ((model, self._models.find(model)) for model in self._gone)
        return [model for model, lane in lanes if lane is None or not lane.claim.is_pending]
