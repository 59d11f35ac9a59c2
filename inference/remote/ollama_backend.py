"""A model that an Ollama server runs, on this computer or on another."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import replace

from inference.backends.base import Report
from inference.backends.refusals import closing
from inference.catalog.found.unsuitable import Unsuitability, Unsuitable
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent
from inference.remote.account import ApiKey
from inference.remote.ollama_address import OllamaAddress
from inference.remote.ollama_answer import OllamaAnswer
from inference.remote.ollama_card import with_facts
from inference.remote.ollama_chunks import ChunkReader
from inference.remote.ollama_client import OllamaClient
from inference.remote.ollama_errors import OllamaTarget
from inference.remote.ollama_facts import OllamaFacts, facts
from inference.remote.ollama_pull import follow
from inference.remote.ollama_request import chat_arguments, continued, prompt_tokens
from inference.remote.ollama_settings import OllamaSettings
from inference.remote.ollama_tokens import count
from inference.request.history import Fitted, fit, surely_fits
from inference.request.total_length import within_total
from inference.text.watch import RepetitionWatch
from inference.types import Download, GenerationRequest, ModelCard, ModelState


class OllamaBackend:
    """`load` brings the model into Ollama's memory, after it was downloaded where it was not there;
    `close` frees that memory if the model was not loaded before.
    """

    def __init__(
        self,
        card: ModelCard,
        name: str,
        address: OllamaAddress,
        key: ApiKey,
        settings: OllamaSettings,
    ) -> None:
        """`card` as `first_card` makes it; `name` is what Ollama calls the model."""
        self._card = card
        self._name = name
        self._address = address
        self._key = key
        self._settings = settings
        self._target = OllamaTarget(name, address.host, key)
        self._beats = itertools.count()
        self._client: OllamaClient | None = None
        self._facts: OllamaFacts | None = None
        self._is_ours = False
        self._answers: set[OllamaAnswer] = set()

    @property
    def card(self) -> ModelCard:
        return self._card

    @property
    def beats(self) -> int:
        """Grows with every read: a silent server is `provider_timeout`, not a hanging model."""
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
        if known.is_cloud:
            return
        self._is_ours = not await client.is_loaded()
        await client.preload(known, self._settings.keep_alive)

    async def fit(self, request: GenerationRequest) -> Fitted:
        limit = self._card.context_tokens
        if limit is None or surely_fits(request, limit):
            return Fitted(request)
        return await asyncio.to_thread(fit, request, limit, count)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        answer = await self._answer(request)
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

    async def _answer(self, request: GenerationRequest) -> OllamaAnswer:
        known = self._facts
        if self._client is None or known is None:
            raise closing()
        if request.text_so_far and not known.continues:
            words = "it cannot go on in the middle of an answer"
            raise self._target.failure(InferenceErrorCode.PROVIDER_REFUSED, words)
        # In a thread: a long history would block the event loop.
        prompt = await asyncio.to_thread(prompt_tokens, request, known.context_tokens)
        watch = await asyncio.to_thread(RepetitionWatch.of, request)
        client = self._client
        if client is None:
            raise closing()
        question = prompt - (count([request.text_so_far])[0] if request.text_so_far else 0)
        request = replace(request, options=within_total(request, question))
        available = known.context_tokens - prompt
        arguments = chat_arguments(request, known, available, self._settings.keep_alive)
        reader = ChunkReader(prompt, continued(request))
        return OllamaAnswer(client.chat(arguments), reader, watch, self._target)

    async def _connected(self) -> OllamaClient:
        if self._client is None:
            timeouts = self._settings.timeouts
            connecting = OllamaClient.connect(self._name, self._address, self._key, timeouts)
            self._client = await connecting
        return self._client

    async def _look(self, client: OllamaClient) -> None:
        self._facts = facts(self._name, await client.show(), self._settings.context_tokens)
        self._card = with_facts(self._card, self._facts)

    async def _pull(self, client: OllamaClient, report: Report) -> None:
        def report_download(download: Download) -> None:
            self._card = replace(self._card, download=download)
            report(ModelState.FETCHING, download.fraction, download)

        if not await follow(client.pull(), report_download):
            raise self._target.failure(InferenceErrorCode.PROVIDER_DISCONNECTED)
