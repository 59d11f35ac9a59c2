"""One completion of llama.cpp: a chat from its messages, or an answer gone on with.

Its chat interface goes on with a last assistant message only where the model does not reason.
An answer with text so far is therefore a plain completion of the template's prompt and of that
text, and reasoning is told apart here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inference.backends.llama_server import LlamaServer, OnItem
from inference.backends.openai_chat import (
    ChunkReader,
    body,
    messages,
    prompt_body,
    template_switches,
)
from inference.backends.refusals import gone
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import Finished, GenerationEvent, TextDelta
from inference.local.reasoning import ReasoningSplitter
from inference.local.said import Said
from inference.text.watch import RepetitionWatch
from inference.types import GenerationRequest

_PROGRESS = {"return_progress": True}
"""One callback per prefill batch: without it a long prompt could not be stopped."""

_COUNTS = {"timings_per_token": True}
"""The tokens so far in each item: the last item, which has the usage, comes only at the end."""

_LOOK_BACK = {"repeat_last_n": 512}
"""What the penalties take for repetition. Its own 64 tokens are forgotten within a paragraph: in
Chinese seven of eight answers of the built-in model then went round in circles.
"""


class Completion:
    """`run` blocks in its own thread; `read` and `ending` are for whoever gets the items."""

    def __init__(self, server: LlamaServer, request: GenerationRequest) -> None:
        self._server = server
        self._request = request
        self._said = Said.of(request)
        self._reader = ChunkReader()
        goes_on = self._said.channel
        self._splitter = ReasoningSplitter(opened=False, goes_on=goes_on) if goes_on else None
        self._watch = RepetitionWatch({})

    def run(self, on_item: OnItem) -> None:
        """Returns at the end, or once `on_item` has stopped it. Raises `InferenceError`."""
        # Here, since reading a long text so far is nothing for the event loop.
        self._watch = RepetitionWatch.of(self._request)
        counts = _COUNTS if self._request.stop_repetition else {}
        wanted = {**self._wanted(), **_PROGRESS, **counts, **_LOOK_BACK}
        self._server.complete(wanted, on_item)

    def read(self, item: dict[str, Any]) -> Iterator[GenerationEvent]:
        """The text in one item; an end after it where that text has gone into a loop, and nothing
        more is to be read. Raises `InferenceError` for an error in its place.
        """
        for event in self._told(item):
            yield event
            if isinstance(event, TextDelta) and self._watch.is_loop(event):
                yield Finished("repetition", self._reader.so_far)
                return

    def _told(self, item: dict[str, Any]) -> Iterator[GenerationEvent]:
        for event in self._reader.read(item):
            if self._splitter and isinstance(event, TextDelta):
                yield from self._splitter.push(event.text)
            else:
                yield event

    def ending(self) -> Iterator[TextDelta | Finished]:
        """The last text and the end. Raises `InferenceError` when it broke off before."""
        finished = self._reader.finished()
        if self._splitter:
            yield from self._splitter.flush()
        yield finished

    def _wanted(self) -> dict[str, Any]:
        if self._splitter is None:
            return body(self._request)
        return prompt_body(self._request, self._prompt())

    def _prompt(self) -> list[str | int]:
        """Tags as text, in which llama.cpp finds control tokens; what was said as plain tokens,
        in which it finds none. The model's own tokens began anew at the same places.
        """
        listener = self._server.listener
        switches = template_switches(self._request.options)
        try:
            prompt: list[str | int] = [listener.apply_template(messages(self._request), switches)]
            for part in self._said.after(str(prompt[0])):
                prompt.extend([part.text] if part.tag else listener.tokens([part.text]))
        except (TimeoutError, ValueError) as error:
            failed = InferenceErrorCode.BACKEND_FAILED
            raise InferenceError(failed, str(error), retryable=True) from None
        except OSError as error:
            raise gone(error) from error
        return prompt
