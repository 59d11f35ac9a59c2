"""The backend of Hugging Face folders: transformers in this process, batched by our scheduler."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from inference.backends.base import Report
from inference.backends.opening import opened
from inference.backends.refusals import closing, stuck
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent
from inference.pip_command import pip_command
from inference.request.history import Fitted, fit, surely_fits
from inference.request.option_rules import NO_FORMAT, NO_SWITCH, with_reasoning, with_rule
from inference.transformers_engine.bridge import Bridge
from inference.types import GenerationRequest, ModelCard, ModelState

if TYPE_CHECKING:  # torch takes seconds to import; a server without folders need not import it
    from inference.transformers_engine.local_model import LocalModel
    from inference.transformers_engine.scheduling.generation import Generation

_CLOSE_SECONDS = 2.0
_ALL = "-r requirements.txt"

OnProgress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class FolderModel:
    """A folder in Hugging Face's layout, and the owner's settings for it."""

    folder: Path
    kv_tokens: int
    device: str | None = None
    dtype: str | None = None
    trust_remote_code: bool = False
    trusted_code: frozenset[str] = frozenset()
    threads: int = 0
    offload_folder: Path | None = None


class TransformersBackend:
    """One folder. Closing an iterator ends its run before the next step."""

    def __init__(self, card: ModelCard, source: FolderModel) -> None:
        rules = with_rule(card.option_rules, NO_FORMAT, holds=True)
        self._card = replace(card, state=ModelState.UNLOADED, option_rules=rules)
        self._source = source
        self._model: LocalModel | None = None
        self._left: LocalModel | None = None
        self._open: set[Bridge[GenerationEvent]] = set()

    @property
    def card(self) -> ModelCard:
        return self._card

    @property
    def beats(self) -> int:
        return self._model.beats if self._model else 0

    async def fetch(self, report: Report) -> None:
        """Does nothing: the folder is there."""

    async def load(self, report: Report) -> None:
        if self._left is not None and self._left.is_held:
            raise stuck()
        self._left = None
        loop = asyncio.get_running_loop()

        def on_progress(part: float) -> None:
            loop.call_soon_threadsafe(report, ModelState.LOADING, part)

        report(ModelState.LOADING, 0.0)
        model = await opened(
            lambda: _open(self._source, self._card.slots, on_progress),
            lambda unwanted: unwanted.close(_CLOSE_SECONDS),
        )
        self._model = model
        self._card = replace(
            self._card,
            slots=model.slots,
            context_tokens=model.context_tokens,
            notes=model.notes,
            is_base=model.is_base,
            option_rules=with_rule(self._card.option_rules, NO_SWITCH, holds=not model.has_switch),
            abilities=with_reasoning(self._card.abilities, holds=model.reasons),
        )

    async def fit(self, request: GenerationRequest) -> Fitted:
        model = self._model
        if model is None or surely_fits(request, model.context_tokens):
            return Fitted(request)
        return await asyncio.to_thread(fit, request, model.context_tokens, model.count)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        model = self._model
        if model is None:
            raise closing()
        bridge: Bridge[GenerationEvent] = Bridge()
        self._open.add(bridge)
        # Encoding a long history would block the event loop for tens of milliseconds.
        # In a task of its own: a run cancelled while it is encoded must still be withdrawn.
        beginning = asyncio.ensure_future(asyncio.to_thread(model.begin, request, bridge))
        try:
            await asyncio.shield(beginning)
            async with aclosing(bridge.items()) as events:
                async for event in events:
                    yield event
        finally:
            await _take_back(model, beginning, bridge)
            self._open.discard(bridge)

    async def close(self) -> None:
        model, self._model = self._model, None
        if model is None:
            return
        await asyncio.to_thread(model.close, _CLOSE_SECONDS)
        self._left = model if model.is_held else None
        for bridge in self._open:
            bridge.finish(closing())


async def _take_back(
    model: LocalModel,
    beginning: asyncio.Future[Generation],
    bridge: Bridge[GenerationEvent],
) -> None:
    await asyncio.wait({beginning})
    if beginning.exception() is None:
        model.cancel(beginning.result())
        await bridge.ended()


def _open(source: FolderModel, slots: int, on_progress: OnProgress) -> LocalModel:
    try:
        from inference.transformers_engine.loading.placement import Placement  # noqa: PLC0415
        from inference.transformers_engine.local_model import LocalModel  # noqa: PLC0415 - imports torch
    except ImportError as error:
        raise InferenceError(
            InferenceErrorCode.BACKEND_NOT_INSTALLED,
            str(error),
            detail={"package": _ALL, "command": pip_command(_ALL)},
        ) from None
    placement = Placement(
        device=source.device,
        dtype=source.dtype,
        trust_remote_code=source.trust_remote_code,
        trusted_code=source.trusted_code,
        threads=source.threads,
        offload_folder=source.offload_folder,
    )
    return LocalModel.open(source.folder, placement, slots, source.kv_tokens, on_progress)
