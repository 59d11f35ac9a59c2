"""Computes the scheduler's steps: a forward pass, then one draw per sampling piece."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from transformers import PreTrainedModel

from inference.transformers_engine.model.cuda_graphs import CudaGraphs
from inference.transformers_engine.model.packed_step import packed_logits
from inference.transformers_engine.model.slot_model import SlotModel
from inference.transformers_engine.model.static_decode import Capture, StaticDecode
from inference.transformers_engine.out_of_memory import is_out_of_memory
from inference.transformers_engine.sampling.sampler import Draws
from inference.transformers_engine.sampling.sampler_state import Row
from inference.transformers_engine.scheduling.runner import OutOfDeviceMemoryError
from inference.transformers_engine.scheduling.slots import PrefixCopy
from inference.transformers_engine.scheduling.step import Step


class ModelRunner:
    """A causal language model over `slots` sequences of at most `slot_tokens` tokens each.

    With `capture`, steps that only decode run in fixed shapes; without, as on a CPU by default,
    every step is packed.
    """

    def __init__(
        self, model: PreTrainedModel, slots: int, slot_tokens: int, capture: Capture | None = None
    ) -> None:
        self._model = SlotModel(model, slots, slot_tokens)
        if capture is None and model.device.type == "cuda":
            capture = CudaGraphs()
        self._static = StaticDecode(self._model, capture) if capture else None

    def copy(self, copies: Iterable[PrefixCopy]) -> None:
        """Copy computed keys and values between slots, in this order."""
        with torch.inference_mode():
            for one in copies:
                self._model.cache.copy(one.source, one.target, one.tokens)

    def tokens(self, step: Step, rows: list[Row]) -> list[int]:
        """The next token of each sampling piece, drawn by its row's options."""
        try:
            with torch.inference_mode():
                draws = Draws.of(rows, self._model.device)
                logits = self.logits(step)
                return draws.tokens(logits) if rows else []
        except RuntimeError as error:
            if not is_out_of_memory(error):
                raise
            if self._model.device.type == "cuda":
                torch.cuda.empty_cache()
            raise OutOfDeviceMemoryError(str(error)) from None

    def logits(self, step: Step) -> torch.Tensor:
        """(sampling pieces of the step in its order, vocabulary), in float32."""
        self._model.cache.reserve(max(piece.end for piece in step.pieces))
        if self._static and not step.prefills:
            return self._static.logits(step)
        return packed_logits(self._model, step)
