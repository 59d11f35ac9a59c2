"""Reads one answer of a provider: documents in, events and exactly one end out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inference.errors import InferenceErrorCode
from inference.events import GenerationFinished, TextDelta
from inference.remote.answer_text import AnswerText
from inference.remote.completion import (
    BROKEN,
    OVERLOADED,
    choice_of,
    pieces_of,
    reason_of,
    usage_of,
)
from inference.remote.preset import ProviderPreset
from inference.remote.provider_errors import ProviderErrors
from inference.remote.refusal import is_error, read_refusal
from inference.remote.token_usage import read_usage
from inference.request.estimate import prompt_tokens
from inference.text.watch import RepetitionWatch
from inference.types import FinishReason, GenerationRequest, Usage

_BYTES_PER_TOKEN = 4


class Answer:
    """Reads the documents of one completion. `reason` is set once it has ended."""

    def __init__(
        self,
        request: GenerationRequest,
        preset: ProviderPreset,
        model: str,
        errors: ProviderErrors,
        watch: RepetitionWatch,
    ) -> None:
        self.reason: FinishReason | None = None
        self._request = request
        self._currency = preset.cost_currency
        self._errors = errors
        self._watch = watch
        self._text = AnswerText(request, preset, model)
        self._usage: Usage | None = None
        self._pieces = 0
        self._bytes = 0
        self._told = False

    @property
    def was_cut(self) -> bool:
        """Whether it ended here, although the provider may still send text."""
        return self._text.stopped or self.reason == "repetition"

    def read(self, document: Any) -> Iterator[TextDelta]:
        """The text in one document. Raises `InferenceError` if the document is an error."""
        if is_error(document):
            raise self._errors.refused(read_refusal(0, document), {}, self._prompt_tokens())
        if reported := usage_of(document):
            self._usage = read_usage(reported, self._currency) or self._usage
        choice = choice_of(document)
        if choice is None or self.was_cut:
            return
        for piece in pieces_of(choice):
            self._pieces += 1
            self._bytes += len(piece.text.encode("utf-8", "replace"))
            yield from self._watched(self._text.push(piece))
        if isinstance(word := choice.get("finish_reason"), str) and word:
            self._end(word)

    def ending(self) -> Iterator[TextDelta | GenerationFinished]:
        """The last text and the end. Raises `InferenceError` for an empty, filtered answer."""
        if not self.was_cut:
            yield from self._watched(self._text.flush())
        if self.reason == "content_filter" and not self._told:
            raise self._errors.of(InferenceErrorCode.PROVIDER_CONTENT_FILTERED, "filtered")
        yield GenerationFinished(self.reason or "stop", self._usage or self._guess())

    def _watched(self, deltas: Iterator[TextDelta]) -> Iterator[TextDelta]:
        for delta in deltas:
            self._told = True
            yield delta
            if self._watch.is_loop(delta):
                self.reason = "repetition"
                return
        if self._text.stopped:
            self.reason = "stop"

    def _end(self, word: str) -> None:
        if word == OVERLOADED:
            raise self._errors.of(InferenceErrorCode.PROVIDER_OVERLOADED, word)
        if word in BROKEN:
            raise self._errors.failed(word)
        self.reason = self.reason or reason_of(word)

    def _guess(self) -> Usage:
        """Counts pieces: most providers send one token in each."""
        completion = max(self._pieces, -(-self._bytes // _BYTES_PER_TOKEN))
        return Usage(self._prompt_tokens(), completion)

    def _prompt_tokens(self) -> int:
        return max(prompt_tokens(self._request), 1)
