"""GGUF models in this process, through xllamacpp: llama.cpp's own server as a library.

llama.cpp batches the slots and keeps their prefixes; this module starts it, hands it one
thread per open run, and turns its callbacks into events.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from functools import partial

from inference.backends.base import Report
from inference.backends.llama_answer import LlamaAnswer
from inference.backends.llama_listener import as_inference_errors
from inference.backends.llama_run import LlamaRun
from inference.backends.llama_server import LlamaServer
from inference.backends.llama_size import SizeSettings, server_size
from inference.backends.model_file import ModelFile
from inference.backends.opening import opened
from inference.backends.read_ahead import read_ahead
from inference.backends.refusals import closing, stuck
from inference.backends.reporting import reported
from inference.catalog import gguf
from inference.events import GenerationEvent
from inference.history import Fitted, fit, surely_fits
from inference.types import GenerationRequest, ModelCard, ModelState, SamplingOptions

_CLOSE_SECONDS = 2.0


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
        """`defaults` are the options its makers recommend, where a request has none."""
        missing = file.missing()
        here = ModelState.UNLOADED if missing is None else ModelState.ABSENT
        self._card = replace(card, state=here, download=missing)
        self._defaults = defaults or SamplingOptions()
        self._file = file
        self._wanted = wanted
        self._server: LlamaServer | None = None
        self._answers: set[LlamaAnswer] = set()
        self._freeing: threading.Thread | None = None
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
        if self._freeing is not None and self._freeing.is_alive():
            raise stuck()
        await self.fetch(report)
        report(ModelState.LOADING, None)
        header = await asyncio.to_thread(gguf.read_header, self._file.path)
        # The library holds the GIL while it loads: the server stands still for as long as that
        # takes, and should not wait for a disk meanwhile.
        await reported(
            partial(read_ahead, self._file.path), lambda done: report(ModelState.LOADING, done)
        )
        size = server_size(self._wanted, header.context_tokens, self._file.path.stat().st_size)
        self._server = await opened(lambda: LlamaServer(self._file.path, size), LlamaServer.close)
        limit = min(header.context_tokens or size.kv_tokens, size.kv_tokens)
        self._card = replace(self._card, context_tokens=limit)

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
        answer = LlamaAnswer(server, replace(request, options=options), self._beat)
        self._answers.add(answer)
        try:
            async with aclosing(answer.events()) as events:
                async for event in events:
                    yield event
        finally:
            self._answers.discard(answer)

    async def close(self) -> None:
        """A run deep in a batch that does not end in time keeps the server until it does; its
        thread is a daemon, so the process can still end.
        """
        server, self._server = self._server, None
        if server is None:
            return
        server.kv.close()
        runs = tuple(answer.run for answer in self._answers if answer.run is not None)
        for run in runs:
            run.stop()
        free = partial(_free, server, runs)
        self._freeing = threading.Thread(target=free, name="llama_cpp end", daemon=True)
        self._freeing.start()
        await asyncio.to_thread(self._freeing.join, _CLOSE_SECONDS)
        for run in runs:
            run.give_up()

    def _beat(self) -> None:
        # From several threads: one lost now and then leaves it growing all the same.
        self._beats += 1


def _free(server: LlamaServer, runs: tuple[LlamaRun, ...]) -> None:
    for run in runs:
        run.join()
    server.close()
