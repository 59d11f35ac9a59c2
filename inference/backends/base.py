"""The interface of all backends."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from inference.events import GenerationEvent
from inference.request.history import Fitted
from inference.types import Download, GenerationRequest, ModelCard, ModelState


class Report(Protocol):
    """Called while a model loads, with the state, the progress (0..1, None if unknown) and the
    progress of a download. Called on the event loop only.
    """

    def __call__(
        self, state: ModelState, progress: float | None, download: Download | None = None
    ) -> None: ...


class Backend(Protocol):
    """One model and the means to run it.

    The contract, held by `tests/inference/backends/contract.py` for every backend: `generate`
    yields `TextDelta`s and then exactly one `GenerationFinished`, or raises exactly one
    `InferenceError`. Closing the iterator cancels: when `aclose` returns, the model has stopped
    working for it and the slot is free. At most `card.slots` iterators are open at once, which the
    engine ensures. `model_crashed` means that the model and all its runs have failed, until it is
    closed and loaded again.
    """

    @property
    def card(self) -> ModelCard:
        """The model's description; `context_tokens` may be known only after `load`."""
        ...

    @property
    def beats(self) -> int:
        """Grows with every step of the model, also within a long prompt."""
        ...

    async def fetch(self, report: Report) -> None:
        """Download the model's file where `card.download` says that it is missing, and load
        nothing; afterwards `card.download` is None. Cancelled, it returns when nothing writes the
        file any more, what has arrived is kept, and the next call continues from there.

        Raises `InferenceError`. Does nothing for a model without a file of its own.
        """
        return

    async def load(self, report: Report) -> None:
        """Make the model ready; may be called again after it failed, or after `close`. A file that
        is missing is fetched first.

        Raises `InferenceError`; `model_stuck` while the closed model still holds its memory.
        """
        ...

    async def fit(self, request: GenerationRequest) -> Fitted:
        """The request with as much of its history as the context holds; see `history.fit`.

        Never refuses: a question too long even alone is refused by `generate`.
        """
        ...

    def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        """Run one request on a loaded model."""
        ...

    async def close(self) -> None:
        """Free the model. Open iterators end with `shutting_down`, also those of a model that does
        not respond; its memory is then freed when it does. Idempotent.
        """
        ...
