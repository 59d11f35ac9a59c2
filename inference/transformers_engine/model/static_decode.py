"""Decode steps in fixed shapes, so that a GPU can replay them as a captured graph.

A step takes all slots up to the highest that decodes, rounded up, over as many positions as the
longest past needs, rounded up. Slots in between that do not decode are computed too; their result
goes to the scratch position and is discarded.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from inference.transformers_engine.model.attention import Decodes, StepLayout
from inference.transformers_engine.model.slot_model import Placed, SlotModel
from inference.transformers_engine.sampling.upload import upload
from inference.transformers_engine.scheduling.step import Step

Compute = Callable[[], torch.Tensor]
Capture = Callable[[Compute], Compute]
"""Turns a computation over fixed tensors into one that is cheap to repeat."""

_FIRST_REACH = 256


class StaticDecode:
    """Captures a graph when its shape first occurs, and keeps it."""

    def __init__(self, model: SlotModel, capture: Capture) -> None:
        self._model = model
        self._capture = capture
        self._inputs: dict[int, Placed] = {}
        self._captured: dict[tuple[int, int], Compute] = {}

    def logits(self, step: Step) -> torch.Tensor:
        """(decodes of the step in its order, vocabulary) in float32. No prefills."""
        shape = self._model.cache.shape
        slots = [piece.sequence.slot or 0 for piece in step.decodes]
        width = _rounded(max(slots) + 1, 1, shape.slots)
        reach = _rounded(max(piece.end for piece in step.decodes), _FIRST_REACH, shape.tokens)
        self._fill(width, step)
        logits = self._compute(width, reach)()
        return logits if len(slots) == width else logits[upload(slots, torch.long, logits.device)]

    def _fill(self, width: int, step: Step) -> None:
        rows = [(0, 0, self._model.cache.scratch)] * width
        for piece in step.decodes:
            rows[piece.sequence.slot or 0] = (piece.tokens[0], piece.begin, piece.begin)
        table = upload(rows, torch.long, self._model.device)
        inputs = self._input(width)
        for into, column in zip(
            (inputs.tokens, inputs.positions, inputs.columns), table.unbind(1), strict=True
        ):
            into.copy_(column)

    def _input(self, width: int) -> Placed:
        if width not in self._inputs:
            numbers = torch.arange(width, device=self._model.device)
            zeros = (torch.zeros_like(numbers) for _ in range(3))
            tokens, positions, columns = zeros
            self._inputs[width] = Placed(tokens, positions, numbers, columns)
        return self._inputs[width]

    def _compute(self, width: int, reach: int) -> Compute:
        key = (width, reach)
        if key not in self._captured:
            self._captured[key] = self._capture(lambda: self._forward(width, reach))
        return self._captured[key]

    def _forward(self, width: int, reach: int) -> torch.Tensor:
        inputs, cache = self._inputs[width], self._model.cache
        positions = torch.arange(reach, device=self._model.device)
        hidden = positions[None, :] > inputs.positions[:, None]
        mask = torch.zeros(width, 1, 1, reach, dtype=cache.dtype, device=cache.device)
        mask.masked_fill_(hidden[:, None, None, :], torch.finfo(cache.dtype).min)
        seen = mask.expand(-1, cache.shape.heads, cache.shape.groups, -1)
        decodes = Decodes(0, width, 0, width, reach, inputs.slots, seen)
        return self._model.head(self._model.hidden(inputs, StepLayout((decodes,), ())))


def _rounded(number: int, first: int, limit: int) -> int:
    """The next of `first`, twice it, four times it…, at most `limit`."""
    size = first
    while size < number:
        size *= 2
    return min(size, limit)
