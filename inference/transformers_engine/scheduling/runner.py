"""The interface of what computes the worker's steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from inference.transformers_engine.sampling.sampler_state import Row
from inference.transformers_engine.scheduling.slots import PrefixCopy
from inference.transformers_engine.scheduling.step import Step


class OutOfDeviceMemoryError(Exception):
    """A step did not fit into memory; what it allocated is free again."""


class Runner(Protocol):
    """Computes steps; see `model_runner.ModelRunner`."""

    def copy(self, copies: Iterable[PrefixCopy]) -> None:
        """Copy keys and values between slots, in this order, before the step is computed."""
        ...

    def tokens(self, step: Step, rows: list[Row]) -> list[int]:
        """The next token of each sampling piece. `OutOfDeviceMemoryError` if it does not fit.

        A step that failed may be repeated, whole or in its pieces: it writes the same again.
        """
        ...
