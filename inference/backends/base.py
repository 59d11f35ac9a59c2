"""The seam every way of running a model is plugged into."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from inference.events import GenerationEvent
from inference.request.history import Fitted
from inference.types import Download, GenerationRequest, ModelCard, ModelState


class Report(Protocol):
    """Told while a model loads: the state, how far it is, 0..1 or unknown, and while its file is
    downloaded how far that is. Loop thread only.
    """

    def __call__(
        self, state: ModelState, progress: float | None, download: Download | None = None
    ) -> None: ...


class Backend(Protocol):
    """One model and the means to run it.

    The contract, held by `tests/inference/backends/contract.py` for every backend:
    `generate` yields `TextDelta`s and then exactly one `GenerationFinished`, or raises exactly one
    `InferenceError`. Closing the iterator cancels: when `aclose` returns, the model has
    stopped working for it and the slot is free. At most `card.slots` iterators are open at
    once; the engine sees to that. `model_crashed` means that the model is gone with all its runs,
    until it is closed and loaded again.
    """

    @property
    def card(self) -> ModelCard:
        """The model's description; `context_tokens` may be known only after `load`."""
        ...

    @property
    def beats(self) -> int:
        """Grows with every step of the model, also one of a long prompt that tells nothing yet."""
        ...

    async def fetch(self, report: Report) -> None:
        """Download the model's file where `card.download` says that it is missing, and load
        nothing; afterwards the card says so no more. Cancelled, it returns when nothing writes the
        file any more, what has arrived is kept, and the next call goes on from there.

        Raises `InferenceError`. A model without a file of its own has nothing to do here.
        """
        return

    async def load(self, report: Report) -> None:
        """Make the model ready; may be called again after it failed, or after `close`. A file that
        is missing is fetched first.

        Raises `InferenceError`; `model_stuck` while what was closed still holds its memory.
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
        not answer any more; its memory is then freed when it does. Idempotent.
        """
        ...
