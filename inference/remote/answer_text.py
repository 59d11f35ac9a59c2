"""The text of one answer, from a provider's pieces to deltas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inference.events import TextDelta
from inference.remote.chat_request import continues
from inference.remote.completion import Piece
from inference.remote.echo import EchoFilter
from inference.remote.preset import Continuation, ProviderPreset
from inference.text.reasoning import OPEN, ReasoningSplitter
from inference.text.stop_strings import StopStrings
from inference.types import Channel, GenerationRequest
from inference.whole_text import WholeText

_OPENS_ITSELF = re.compile(r"\br1\b|qwq|thinking|reasoner")
"""Models whose template begins the reasoning, so that only its end comes out."""


class AnswerText:
    """Forms whole characters, removes a repeated prefix, separates reasoning where the provider
    leaves it in tags, and ends at the stop strings, also those that were not sent.
    """

    def __init__(self, request: GenerationRequest, preset: ProviderPreset, model: str) -> None:
        is_continued = continues(request, preset)
        self.stopped = False
        self._whole: dict[Channel, WholeText] = {"reasoning": WholeText(), "answer": WholeText()}
        self._echo = EchoFilter(request.answer_so_far if is_continued else "")
        self._stops = StopStrings(request.options.stop)
        self._is_answer_alone = (
            is_continued
            and bool(request.answer_so_far)
            and preset.continuation is Continuation.FINAL_MESSAGE
        )
        self._splitter: ReasoningSplitter | None = None
        self._first = ""
        self._opened = preset.tags_reasoning and bool(_OPENS_ITSELF.search(model.lower()))
        self._in_answer = bool(is_continued and request.answer_so_far)

    def push(self, piece: Piece) -> Iterator[TextDelta]:
        """The deltas that are certain now."""
        channel = piece.channel
        if self._is_answer_alone:
            # A server that continues an answer may still report it as reasoning.
            channel = "answer"
        text = self._whole[channel].push(piece.text)
        if channel == "reasoning":
            self._in_answer = True
            if text:
                yield TextDelta("reasoning", text)
        elif text := self._echo.push(text):
            for delta in self._split(text):
                yield from self._stop(delta)

    def flush(self) -> Iterator[TextDelta]:
        """The rest of the text, at the end."""
        if rest := self._whole["reasoning"].flush():
            yield TextDelta("reasoning", rest)
        last = self._echo.push(self._whole["answer"].flush()) + self._echo.flush()
        splitter = self._splitter or self._begin(self._first)
        for delta in (*splitter.push(self._first + last), *splitter.flush()):
            yield from self._stop(delta)
        if not self.stopped and (held := self._stops.flush()):
            yield TextDelta("answer", held)

    def _split(self, text: str) -> Iterator[TextDelta]:
        """Holds the first characters until it is decided where the reasoning begins."""
        self._first += text
        if self._splitter is None:
            if self._opened and not self._in_answer and OPEN.startswith(self._first.lstrip()):
                return
            self._splitter = self._begin(self._first)
        text, self._first = self._first, ""
        yield from self._splitter.push(text)

    def _begin(self, first: str) -> ReasoningSplitter:
        """After reasoning of its own a provider's content has no tags."""
        channel: Channel | None = "answer" if self._in_answer else None
        opened = self._opened and not first.lstrip().startswith(OPEN)
        return ReasoningSplitter(opened=opened, continued=channel)

    def _stop(self, delta: TextDelta) -> Iterator[TextDelta]:
        """Only the answer ends at a stop string; providers differ for reasoning."""
        if delta.channel == "reasoning":
            yield delta
        elif not self.stopped:
            shown = self._stops.push(delta.text)
            self.stopped = shown.stopped
            if shown.text:
                yield TextDelta("answer", shown.text)
