"""The backend of GGUF models: llama.cpp's server through xllamacpp, in a child process.

llama.cpp batches the slots and keeps their prefixes; this module starts it, passes it the runs, and
turns its items into events.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from functools import partial

from inference.backends.base import Report
from inference.backends.model_file import ModelFile
from inference.backends.refusals import closing, stuck
from inference.backends.reporting import reported
from inference.catalog import gguf
from inference.events import GenerationEvent
from inference.llama_cpp_engine.answer import LlamaAnswer
from inference.llama_cpp_engine.gguf_prompts import NOTHING_KNOWN, GgufPrompts
from inference.llama_cpp_engine.listener import as_inference_errors
from inference.llama_cpp_engine.process import LlamaProcess
from inference.llama_cpp_engine.read_ahead import read_ahead
from inference.llama_cpp_engine.server import LlamaServer, ServerSize
from inference.llama_cpp_engine.size import SizeSettings, server_size
from inference.request.history import Fitted, fit, surely_fits
from inference.types import GenerationRequest, ModelCard, ModelState, SamplingOptions


class LlamaCppBackend:
    """One GGUF file. Closing an iterator stops the model at the next token, or, during a
    prefill, at the next batch of it.
    """

    def __init__(
        self,
        card: ModelCard,
        file: ModelFile,
        wanted: SizeSettings,
        defaults: SamplingOptions | None = None,
    ) -> None:
        """`defaults` are the options that its publisher recommends, for requests that name none."""
        missing = file.missing()
        here = ModelState.UNLOADED if missing is None else ModelState.ABSENT
        self._card = replace(card, state=here, download=missing)
        self._defaults = defaults or SamplingOptions()
        self._file = file
        self._wanted = wanted
        self._server: LlamaServer | None = None
        self._answers: set[LlamaAnswer] = set()
        self._ending: LlamaProcess | None = None
        self._prompts = NOTHING_KNOWN
        self._beats = 0

    @property
    def card(self) -> ModelCard:
        return self._card

    @property
    def beats(self) -> int:
        return self._beats

    async def fetch(self, report: Report) -> None:
        if missing := self._file.missing():
            report(ModelState.FETCHING, missing.fraction, missing)
            await reported(
                self._file.fetch, lambda done: report(ModelState.FETCHING, done.fraction, done)
            )
        self._card = replace(self._card, download=None)

    async def load(self, report: Report) -> None:
        if self._ending is not None and not self._ending.ended(0.0):
            raise stuck()
        await self.fetch(report)
        report(ModelState.LOADING, None)
        header = await asyncio.to_thread(gguf.read_header, self._file.path)
        added = await asyncio.to_thread(gguf.read_added_tokens, self._file.path)
        size = server_size(self._wanted, header.context_tokens, self._file.path.stat().st_size)
        self._prompts = GgufPrompts.of(header, self._file.path.stem, added)
        self._server = await self._loaded(size, report)
        limit = min(header.context_tokens or size.kv_tokens, size.kv_tokens)
        memory = self._server.process.memory or self._card.memory
        card = replace(self._card, context_tokens=limit, memory=memory)
        self._card = self._prompts.noted(card)

    async def fit(self, request: GenerationRequest) -> Fitted:
        server, limit = self._server, self._card.context_tokens
        if server is None or limit is None or surely_fits(request, limit):
            return Fitted(request)
        with as_inference_errors():
            return await asyncio.to_thread(fit, request, limit, server.count)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        server = self._server
        if server is None:
            raise closing()
        options = request.options.over(self._defaults)
        stopping = self._prompts.stopped(replace(request, options=options))
        answer = LlamaAnswer(server, stopping, self._beat)
        self._answers.add(answer)
        try:
            async with aclosing(answer.events()) as events:
                async for event in events:
                    yield event
        finally:
            self._answers.discard(answer)

    async def close(self) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        server.kv.close()
        await self._end(server)
        for answer in self._answers:
            if answer.run is not None:
                answer.run.give_up()

    async def _loaded(self, size: ServerSize, report: Report) -> LlamaServer:
        server = await LlamaServer.start()
        try:
            # The progress is that of reading the file, which is most of the loading.
            await reported(
                partial(read_ahead, self._file.path), lambda done: report(ModelState.LOADING, done)
            )
            await server.load(self._file.path, size, self._prompts)
        except BaseException:
            await self._end(server)
            raise
        return server

    async def _end(self, server: LlamaServer) -> None:
        self._ending = None if await server.close() else server.process

    def _beat(self) -> None:
        self._beats += 1
