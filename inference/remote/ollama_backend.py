"""A model that an Ollama server runs, on this computer or on another."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace

from inference.backends.base import Report
from inference.backends.refusals import closing
from inference.catalog.found.unsuitable import Unsuitability, Unsuitable
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent
from inference.history import Fitted, fit, surely_fits
from inference.remote.account import ApiKey
from inference.remote.ollama_address import OllamaAddress
from inference.remote.ollama_answer import OllamaAnswer
from inference.remote.ollama_chunks import ChunkReader
from inference.remote.ollama_client import OllamaClient, Patience
from inference.remote.ollama_errors import PROVIDER, Asked
from inference.remote.ollama_facts import OllamaFacts, facts, is_elsewhere
from inference.remote.ollama_pull import PullProgress
from inference.remote.ollama_request import OPTION_RULES, chat_arguments, text_so_far
from inference.remote.ollama_tokens import count
from inference.text.watch import RepetitionWatch
from inference.types import Download, GenerationRequest, ModelCard, ModelState

logger = logging.getLogger(__name__)

_TELL_SECONDS = 0.2
"""Ollama tells of a download sixteen times a second."""


@dataclass(frozen=True, slots=True)
class OllamaSettings:
    """What the owner set: `context_tokens` 0 leaves it to the model, `keep_alive` "" to Ollama.
    `is_missing`: the server is known not to have the model.
    """

    slots: int = 1
    context_tokens: int = 0
    keep_alive: str = ""
    is_missing: bool = False
    patience: Patience = Patience()  # noqa: RUF009 - it is frozen


class OllamaBackend:
    """`load` brings the model into Ollama's memory, after it was downloaded where it was not there;
    `close` frees that memory if the model was not loaded before it was asked for here.
    """

    def __init__(
        self,
        name: str,
        address: OllamaAddress,
        key: ApiKey,
        settings: OllamaSettings,
        model_id: str,
    ) -> None:
        self._name = name
        self._address = address
        self._key = key
        self._settings = settings
        self._asked = Asked(name, address.host)
        self._beats = itertools.count()
        self._client: OllamaClient | None = None
        self._facts: OllamaFacts | None = None
        self._is_ours = False
        self._answers: set[OllamaAnswer] = set()
        self._card = ModelCard(
            id=model_id,
            name=name if address.is_local else f"{name} ({address.host})",
            backend="ollama",
            slots=settings.slots,
            local=address.is_local and not is_elsewhere(name),
            state=ModelState.ABSENT if settings.is_missing else ModelState.UNLOADED,
            download=Download(0, 0, PROVIDER) if settings.is_missing else None,
            provider=PROVIDER,
            resumable=False,
            option_rules=OPTION_RULES,
        )

    @property
    def card(self) -> ModelCard:
        return self._card

    @property
    def beats(self) -> int:
        """Grows whenever it is asked: a silent server is `provider_timeout`, no hanging model."""
        return next(self._beats)

    async def fetch(self, report: Report) -> None:
        """Have Ollama download the model unless it has it."""
        client = await self._connected()
        try:
            await self._look(client)
        except InferenceError as error:
            if error.code is not InferenceErrorCode.PROVIDER_MODEL_UNKNOWN:
                raise
            await self._pull(client, report)
            await self._look(client)

    async def load(self, report: Report) -> None:
        await self.fetch(report)
        report(ModelState.LOADING, None)
        client, known = await self._connected(), self._facts
        if known is None or not known.writes:
            raise Unsuitable(Unsuitability.EMBEDDING).error(self._card.name)
        if known.is_elsewhere:
            return
        self._is_ours = not await client.is_loaded()
        await client.preload(known, self._settings.keep_alive)

    async def fit(self, request: GenerationRequest) -> Fitted:
        limit = self._card.context_tokens
        if limit is None or surely_fits(request, limit):
            return Fitted(request)
        return await asyncio.to_thread(fit, request, limit, count)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        answer = self._answer(request)
        self._answers.add(answer)
        try:
            async with aclosing(answer.events()) as events:
                async for event in events:
                    yield event
        finally:
            self._answers.discard(answer)

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        for answer in self._answers:
            answer.give_up(closing())
        if self._is_ours:
            self._is_ours = False
            with suppress(InferenceError):
                await client.unload()
        await client.close()

    def _answer(self, request: GenerationRequest) -> OllamaAnswer:
        client, known = self._client, self._facts
        if client is None or known is None:
            raise closing()
        so_far = text_so_far(request)
        if so_far and not known.continues:
            words = "it cannot go on in the middle of an answer"
            raise self._asked.failure(InferenceErrorCode.PROVIDER_REFUSED, words)
        prompt = self._prompt_tokens(request, so_far, known.context_tokens)
        room = known.context_tokens - prompt
        arguments = chat_arguments(request, known, room, self._settings.keep_alive)
        goes_on = ("answer" if request.answer_so_far else "reasoning") if so_far else None
        reader = ChunkReader(prompt, goes_on)  # type: ignore[arg-type] # mypy widens the literal
        watch = RepetitionWatch.of(request)
        return OllamaAnswer(client.chat(arguments), reader, watch, self._asked)

    def _prompt_tokens(self, request: GenerationRequest, so_far: str, limit: int) -> int:
        """Ollama itself would leave out what does not fit, without a word."""
        texts = [*(message.content for message in request.messages), *filter(None, [so_far])]
        tokens = sum(count(texts))
        if tokens < limit:
            return tokens
        raise InferenceError(
            InferenceErrorCode.CONTEXT_EXCEEDED,
            f"about {tokens} tokens for a context of {limit}",
            detail={"tokens": tokens, "limit": limit},
        )

    async def _connected(self) -> OllamaClient:
        if self._client is None:
            patience = self._settings.patience
            connecting = OllamaClient.connect(self._name, self._address, self._key, patience)
            self._client = await connecting
        return self._client

    async def _look(self, client: OllamaClient) -> None:
        known = facts(self._name, await client.show(), self._settings.context_tokens)
        self._facts = known
        self._card = replace(
            self._card,
            context_tokens=known.context_tokens,
            abilities=known.abilities,
            quantisation=known.quantisation,
            resumable=known.continues,
            local=self._address.is_local and not known.is_elsewhere,
            download=None,
        )

    async def _pull(self, client: OllamaClient, report: Report) -> None:
        progress, told_at = PullProgress(), float("-inf")
        now = asyncio.get_running_loop().time
        async with aclosing(client.pull()) as steps:
            async for step in steps:
                progress.note(step, now())
                if now() - told_at < _TELL_SECONDS:
                    continue
                told_at, download = now(), progress.download
                self._card = replace(self._card, download=download)
                report(ModelState.FETCHING, download.fraction, download)
        if not progress.is_done:
            raise self._asked.failure(InferenceErrorCode.PROVIDER_DISCONNECTED)
