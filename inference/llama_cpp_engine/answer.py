"""One answer of llama.cpp, in one completion or, where the shared KV cache is full, in several."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace

from inference.events import GenerationEvent, GenerationFinished
from inference.llama_cpp_engine.answer_parts import AnswerParts
from inference.llama_cpp_engine.completion import CacheFullError, Completion
from inference.llama_cpp_engine.kv_budget import Share
from inference.llama_cpp_engine.kv_queue import Reservation
from inference.llama_cpp_engine.listener import as_inference_errors
from inference.llama_cpp_engine.run import LlamaRun
from inference.llama_cpp_engine.server import LlamaServer
from inference.request.history import most_tokens
from inference.request.total_length import within_total
from inference.types import GenerationRequest


class LlamaAnswer:
    """`run` is the completion under way; None while it waits for space."""

    def __init__(
        self, server: LlamaServer, request: GenerationRequest, on_beat: Callable[[], None]
    ) -> None:
        self.run: LlamaRun | None = None
        self._server = server
        self._request = request
        self._on_beat = on_beat
        self._was_lost = False

    async def events(self) -> AsyncGenerator[GenerationEvent, None]:
        """Text, then exactly one end, however often it is interrupted. Raises `InferenceError`;
        `context_exceeded` where the prompt fills `max_length`.
        """
        request = await self._bounded()
        share = await self._share(request)
        parts = AnswerParts(request)
        while not parts.has_all_tokens:
            async with (
                self._server.kv.reserve(share) as reservation,
                aclosing(self._part(reservation, parts)) as part,
            ):
                async for event in part:
                    yield event
                    if isinstance(event, GenerationFinished):
                        return
        for event in parts.ending():
            yield event

    async def _bounded(self) -> GenerationRequest:
        """With `max_length` as a limit on new tokens, for all parts together."""
        request = self._request
        if request.options.max_length is None:
            return request
        tokens = await asyncio.to_thread(self._server.question_tokens, request)
        return replace(request, options=within_total(request, tokens))

    async def _share(self, request: GenerationRequest) -> Share:
        """Counts the tokens only where their upper bound would not fit."""
        kv = self._server.kv
        number, so_far = next(kv.numbers), request.text_so_far
        new = request.options.max_new_tokens
        share = Share.of(number, most_tokens(request.messages) + len(so_far.encode()), new)
        if kv.fits(share):
            return share
        texts = [*(message.content for message in request.messages), so_far]
        with as_inference_errors():
            tokens = sum(await asyncio.to_thread(self._server.count, texts))
        # llama.cpp refuses it at once, so neither it nor later ones need wait for space.
        return Share.of(number, 0, 0) if kv.is_beyond(tokens) else Share.of(number, tokens, new)

    async def _part(
        self, reservation: Reservation, parts: AnswerParts
    ) -> AsyncGenerator[GenerationEvent, None]:
        """One completion; without an end where the answer continues in the next one."""
        completion = Completion(self._server, parts.rest())
        run = self.run = LlamaRun(completion, reservation, self._on_beat)
        is_progress = False
        try:
            async with aclosing(run.events()) as events:
                async for event in events:
                    is_progress = True
                    for shown in parts.read(event, completion.usage):
                        yield shown
        except CacheFullError:
            if not reservation.share.shared_cache:
                raise
            # Run alone after an interruption: it then completes, or its own failure shows.
            reservation.share.alone, self._was_lost = self._was_lost, True
        finally:
            run.stop()
            await run.ended()
            self.run = None
        parts.interrupted(completion.usage)
        # The next part writes the same tokens again: interrupted again, it would do so for ever.
        reservation.share.steady = not is_progress and completion.usage.completion_tokens > 0
