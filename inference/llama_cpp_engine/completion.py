"""One completion of llama.cpp, from a prompt that was rendered here.

Its chat interface would read control tokens in text of persons, and continues a last assistant
message only for models without reasoning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent, GenerationFinished, TextDelta
from inference.llama_cpp_engine.channel import LlamaCall, OnItem
from inference.llama_cpp_engine.items import ItemReader, usage_so_far
from inference.llama_cpp_engine.prompt import LlamaPrompt
from inference.llama_cpp_engine.request import body
from inference.llama_cpp_engine.server import LlamaServer
from inference.text.reasoning import ReasoningSplitter
from inference.text.text_so_far import TextSoFar
from inference.text.watch import RepetitionWatch
from inference.types import GenerationRequest, Usage

_PROGRESS = {"return_progress": True}
"""One callback per prefill batch: without it a long prompt could not be stopped."""

_COUNTS = {"timings_per_token": True}
"""The tokens so far in each item: the last item, which has the usage, comes only at the end, and
never where the completion is interrupted.
"""

_LOOK_BACK = {"repeat_last_n": 512}
"""The window of the penalties, in tokens. With llama.cpp's default of 64 seven of eight Chinese
answers of the built-in model repeated themselves without end.
"""


_FULL = "Context size has been exceeded."
"""The error with which llama.cpp ends all completions when the KV cache is full."""


class CacheFullError(InferenceError):
    """The KV cache that all completions share was full; each of them can be continued."""

    def __init__(self) -> None:
        super().__init__(InferenceErrorCode.BACKEND_FAILED, _FULL, retryable=True)


class Completion:
    """`wanted` blocks; `read` and `ending` are called by the reader of the items."""

    def __init__(self, server: LlamaServer, request: GenerationRequest) -> None:
        self._server = server
        self._request = request
        self._reader = ItemReader()
        self._splitter = ReasoningSplitter(opened=False)
        self._shown: frozenset[str] = frozenset()
        self._watch = RepetitionWatch({})

    @property
    def usage(self) -> Usage:
        """The tokens up to the latest item that was read."""
        return self._reader.so_far

    @property
    def has_ended(self) -> bool:
        """Whether its end was read: it may come before an interruption takes effect."""
        return self._reader.has_ended

    def held(self, item: dict[str, Any]) -> int | None:
        """The tokens in the KV cache after this item; None from where the end is certain."""
        if not item.get("choices") or any(c.get("finish_reason") for c in item["choices"]):
            return None
        if progress := item.get("prompt_progress"):
            return int(progress["total"])
        return self._grown(item.get("timings"))

    def wanted(self) -> dict[str, Any]:
        """The request for llama.cpp. Raises `InferenceError`."""
        # In this thread: scanning a long text so far would block the event loop.
        self._watch = RepetitionWatch.of(self._request)
        return {**body(self._request, self._prompt()), **_PROGRESS, **_COUNTS, **_LOOK_BACK}

    def begin(self, wanted: dict[str, Any], on_item: OnItem) -> LlamaCall:
        """Begin the completion. Raises `InferenceError`."""
        return self._server.begin(wanted, on_item)

    def read(self, item: dict[str, Any]) -> Iterator[GenerationEvent]:
        """The text in one item; an end after it where the text repeats itself; then nothing more is
        read. Raises `InferenceError` if the item is an error.
        """
        for event in self._told(item):
            yield event
            if self._watch.is_loop(event):
                yield GenerationFinished("repetition", self._reader.so_far)
                return

    def _grown(self, timings: dict[str, Any] | None) -> int | None:
        if timings is None:
            return None
        usage = usage_so_far(timings)
        if usage.completion_tokens == self._request.options.max_new_tokens:
            return None
        return usage.prompt_tokens + usage.completion_tokens

    def _told(self, item: dict[str, Any]) -> Iterator[TextDelta]:
        if item.get("error", {}).get("message") == _FULL:
            raise CacheFullError
        for text in self._reader.read(item):
            if text in self._shown and not self._splitter.expects(text):
                continue  # one token is one text; a token of a tag gives no text
            yield from self._splitter.push(text)

    def ending(self) -> Iterator[TextDelta | GenerationFinished]:
        """The last text and the end. Raises `InferenceError` when it broke off before."""
        finished = self._reader.finished()
        yield from self._splitter.flush()
        yield finished

    def _prompt(self) -> LlamaPrompt:
        prompt = self._server.prompt(self._request)
        continued = TextSoFar.of(self._request).channel
        opened, tags = prompt.reasoning_opened, prompt.tags
        self._shown = frozenset(prompt.shown)
        self._splitter = ReasoningSplitter(opened=opened, continued=continued, tags=tags)
        return prompt
