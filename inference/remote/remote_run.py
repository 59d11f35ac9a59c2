"""One answer of a remote model: requested, retried where that helps, and read to its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from inference.errors import InferenceError
from inference.events import GenerationEvent
from inference.remote.answer import Answer
from inference.remote.chat_request import chat_body, continues
from inference.remote.exchange import Exchange
from inference.remote.refusal import RefusedError
from inference.remote.remote_model import RemoteModel
from inference.remote.replica import Replica
from inference.remote.retries import Retries, is_server_failure
from inference.remote.session import Session
from inference.text.watch import RepetitionWatch
from inference.types import GenerationRequest

_MOST_ADAPTATIONS = 4


class RemoteRun:
    """`silence_seconds` without any data of the server end it."""

    def __init__(
        self,
        session: Session,
        model: RemoteModel,
        request: GenerationRequest,
        watch: RepetitionWatch,
        silence_seconds: float,
    ) -> None:
        self._session = session
        self._model = model
        self._request = request
        self._watch = watch
        self._silence_seconds = silence_seconds
        self._retries = Retries()
        self._tried: list[Replica] = []
        self._adaptations = 0
        self._told = False

    async def events(self) -> AsyncGenerator[GenerationEvent, None]:
        """Text, then one end. Raises `InferenceError`."""
        while True:
            replica = self._session.replicas.next(self._tried)
            try:
                async with aclosing(self._attempt(replica)) as events:
                    async for event in events:
                        self._told = True
                        yield event
                self._session.replicas.answered(replica)
                return
            except RefusedError as refused:
                if self._adapts(refused):
                    continue
                error = self._model.error_of(refused, self._request)
            except InferenceError as failed:
                error = failed
            await self._before_another(replica, error)

    async def _attempt(self, replica: Replica) -> AsyncGenerator[GenerationEvent, None]:
        model, request = self._model, self._request
        answer = Answer(request, model.preset, model.name, model.errors, self._watch)
        exchange = Exchange(self._session, replica, model.errors, self._silence_seconds)
        body = chat_body(request, model.name, model.preset, model.dialect)
        is_continued = continues(request, model.preset)
        async with aclosing(exchange.documents(body, is_continued=is_continued)) as batches:
            async for documents in batches:
                for document in documents:
                    for event in answer.read(document):
                        yield event
                exchange.ended = answer.reason is not None
                if answer.was_cut:
                    break
        for last in answer.ending():
            yield last

    def _adapts(self, refused: RefusedError) -> bool:
        self._adaptations += 1
        return self._adaptations <= _MOST_ADAPTATIONS and self._model.adapt(refused)

    async def _before_another(self, replica: Replica, error: InferenceError) -> None:
        """Wait until the next attempt. Raises the error where there is none."""
        self._model.learn(error)
        if is_server_failure(error):
            self._session.replicas.failed(replica)
            self._tried.append(replica)
        others = len(set(self._tried)) < len(self._session.replicas)
        seconds = None if self._told else self._retries.seconds(error, others=others)
        if seconds is None:
            raise error
        await self._session.wait(asyncio.sleep(seconds))
