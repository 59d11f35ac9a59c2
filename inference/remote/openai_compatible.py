"""A model behind an HTTP API that speaks OpenAI's chat completion protocol."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import PurePath

from inference.backends.base import Report
from inference.errors import InferenceError
from inference.events import GenerationEvent, TextDelta
from inference.remote.listing import list_provider_models
from inference.remote.option_support import option_rules
from inference.remote.provider_model import ProviderModel
from inference.remote.remote_model import RemoteModel
from inference.remote.remote_run import RemoteRun
from inference.remote.replica import Replica
from inference.remote.replicas import Replicas
from inference.remote.session import Session
from inference.remote.token_guess import message_tokens
from inference.request.history import Fitted, fit, surely_fits
from inference.request.total_length import within_total
from inference.text.watch import RepetitionWatch
from inference.types import GenerationRequest, ModelCard, ModelState

_UNKNOWN_CONTEXT = 1 << 30
_LISTED = 8
"""Names listed in the error where one has to be chosen."""


@dataclass(frozen=True, slots=True)
class RemoteSettings:
    """`slots` answers are written at once; a server that is silent for `silence_seconds` has
    failed.
    """

    slots: int = 8
    silence_seconds: float = 60.0


class OpenAiCompatibleBackend:
    """Ready as soon as its account is complete: nothing is sent to the provider before the first
    request. Its failures are errors of single runs and never of the model.
    """

    def __init__(self, model_id: str, model: RemoteModel, settings: RemoteSettings) -> None:
        self._model = model
        self._settings = settings
        self._beats = itertools.count()
        self._session = self._open()
        self._learning: asyncio.Task[None] | None = None
        self._card = ModelCard(
            id=model_id,
            name=_shown(model.name) or model_id,
            backend="openai_compatible",
            slots=settings.slots,
            local=model.is_local,
            provider="" if model.is_local else model.account.name,
            resumable=model.is_resumable,
            option_rules=option_rules(model.preset),
        )

    @property
    def card(self) -> ModelCard:
        """`provider` is empty where nothing leaves this computer."""
        ready = self._model.name and (self._model.key or not self._model.preset.needs_key)
        return replace(
            self._card,
            name=_shown(self._model.name) or self._card.name,
            state=ModelState.READY if ready else ModelState.UNLOADED,
            context_tokens=self._model.context_tokens,
        )

    @property
    def beats(self) -> int:
        """Grows with every read: the silence of a provider is watched here."""
        return next(self._beats)

    async def load(self, report: Report) -> None:
        """Check the key; query the model's name only where none was given."""
        if self._session.is_closed:
            self._session = self._open()
        self._model.check_key()
        if not self._model.name:
            self._take(self._only(await list_provider_models(self._model.account)))

    async def fetch(self, report: Report) -> None:
        """Does nothing: there is no file."""

    async def fit(self, request: GenerationRequest) -> Fitted:
        """By estimated counts; an unknown context is assumed to be long."""
        self._learn_context()
        context = self._model.context_tokens or _UNKNOWN_CONTEXT
        if surely_fits(request, context):
            return Fitted(request)
        return await asyncio.to_thread(fit, request, context, message_tokens)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        session = self._session
        session.check_open()
        self._model.check(request)
        if request.options.max_length is not None:
            request = replace(request, options=within_total(request, _question_tokens(request)))
        watch = await self._watch(request)
        session.check_open()
        run = RemoteRun(session, self._model, request, watch, self._settings.silence_seconds)
        async with aclosing(run.events()) as events:
            async for event in events:
                yield event
                if isinstance(event, TextDelta):
                    session.check_open()

    async def close(self) -> None:
        learning, self._learning = self._learning, None
        if learning is not None:
            learning.cancel()
            await asyncio.wait({learning})
        await self._session.close()

    def _open(self) -> Session:
        seconds = self._settings.silence_seconds
        model = self._model
        replicas = [Replica(one, model.headers, model.errors, seconds) for one in model.endpoints]
        return Session(Replicas(replicas))

    async def _watch(self, request: GenerationRequest) -> RepetitionWatch:
        """In a thread: scanning a long text so far would block the event loop."""
        if request.text_so_far:
            return await asyncio.to_thread(RepetitionWatch.of, request)
        return RepetitionWatch.of(request)

    def _learn_context(self) -> None:
        """Runs once, in the background: the first request does not wait for it."""
        lists = self._model.preset.lists_context
        if lists and self._model.context_tokens is None and self._learning is None:
            self._learning = asyncio.create_task(
                self._look_up(), name=f"context of {self._card.id}"
            )

    async def _look_up(self) -> None:
        try:
            listed = await list_provider_models(self._model.account)
        except InferenceError:
            return
        found = next((one for one in listed if one.id == self._model.name), None)
        if found is not None and self._model.context_tokens is None:
            self._model.context_tokens = found.context_tokens

    def _take(self, found: ProviderModel) -> None:
        self._model.take_name(found.id)
        self._model.context_tokens = found.context_tokens

    def _only(self, listed: tuple[ProviderModel, ...]) -> ProviderModel:
        chat = [model for model in listed if model.can_chat]
        if len(chat) == 1:
            return chat[0]
        names = ", ".join(model.id for model in chat[:_LISTED])
        many = f"it lists {len(chat)} models, name one after a #: {names}"
        raise self._model.errors.rejected(many if chat else "it lists no model that can chat")


def _shown(name: str) -> str:
    """llama-server names a model by the path of its file."""
    return PurePath(name).stem if name.endswith(".gguf") else name


def _question_tokens(request: GenerationRequest) -> int:
    """About; the provider's tokenizer is not here."""
    return sum(message_tokens([message.content for message in request.messages]))
