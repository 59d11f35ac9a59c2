"""Models that play a script, without weights; for demonstrations and tests."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence

from inference.backends.base import Report
from inference.backends.refusals import closing
from inference.backends.scenarios import Line, Scenario
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationEvent, GenerationFinished, TextDelta
from inference.request.history import Fitted, fit
from inference.request.option_rules import NO_FORMAT
from inference.request.total_length import within_total
from inference.text.stop_strings import StopStrings
from inference.text.watch import RepetitionWatch
from inference.types import (
    Channel,
    FinishReason,
    GenerationRequest,
    ModelCard,
    ModelState,
    Usage,
)
from inference.whole_text import WholeText

_PIECE = 2
"""Characters per delta, about what a Chinese token holds. One piece counts as one token."""


class ScriptedBackend:
    """Plays one scenario. `tempo` scales `piece_seconds`: 0 plays as fast as the loop allows.

    A continuation begins at the exact character of the script, wherever a delta was cut.
    """

    def __init__(
        self, scenario: Scenario, slots: int, context_tokens: int = 8192, tempo: float = 1.0
    ) -> None:
        self._scenario = scenario
        self._piece_seconds = scenario.piece_seconds * tempo
        self.beats = 0
        self._down: InferenceError | None = None
        self._went_down = asyncio.Event()
        self._limit = context_tokens
        self.card = ModelCard(
            id=f"scripted/{scenario.name}",
            name=scenario.title,
            english_name=scenario.english_title,
            backend="scripted",
            slots=slots,
            context_tokens=context_tokens,
            state=ModelState.READY,
            option_rules=(NO_FORMAT,),
        )

    async def fetch(self, report: Report) -> None:
        """Does nothing: there is no file."""

    async def load(self, report: Report) -> None:
        """Accept requests, also again after `close` or a crash."""
        self._down = None
        self._went_down.clear()

    async def fit(self, request: GenerationRequest) -> Fitted:
        return fit(request, self._limit, _count)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[GenerationEvent, None]:
        prompt = self._count_prompt(request)
        held = StopStrings(request.options.stop)
        watch = RepetitionWatch.of(request)
        pieces_sent = 0
        reason: FinishReason = "stop"
        allowed = self._allowed(request, prompt)
        for line in _pieces(self._scenario, request):
            if pieces_sent == allowed:
                reason = "length"
                break
            await asyncio.sleep(self._piece_seconds)
            self._check_open()
            self.beats += 1
            pieces_sent += 1
            shown = held.push(line.text)
            delta = TextDelta(line.channel, shown.text)
            if shown.text:
                yield delta
            if shown.stopped or watch.is_loop(delta):
                yield GenerationFinished(
                    "stop" if shown.stopped else "repetition", Usage(prompt, pieces_sent)
                )
                return
        if rest := held.flush():
            yield TextDelta(line.channel, rest)
        if not request.answer_so_far:
            await self._break_off()
        yield GenerationFinished(reason, Usage(prompt, pieces_sent))

    async def close(self) -> None:
        self._go_down(closing())

    async def _break_off(self) -> None:
        """End as the scenario defines; a continued answer ends normally."""
        match self._scenario.ending:
            case "failure":
                raise _broken(InferenceErrorCode.BACKEND_FAILED)
            case "crash":
                self._go_down(_broken(InferenceErrorCode.MODEL_CRASHED))
            case "silence":
                await self._went_down.wait()
        self._check_open()

    def _go_down(self, error: InferenceError) -> None:
        """End all open iterators with `error` at their next piece; refuse others until `load`."""
        self._down = error
        self._went_down.set()

    def _check_open(self) -> None:
        if self._down is not None:
            raise self._down

    def _allowed(self, request: GenerationRequest, prompt: int) -> int:
        options = within_total(request, prompt - sum(_count(_so_far(request))))
        return min(options.max_new_tokens or self._limit, self._limit - prompt)

    def _count_prompt(self, request: GenerationRequest) -> int:
        pieces = sum(_count([*(m.content for m in request.messages), *_so_far(request)]))
        if pieces < self._limit:
            return pieces
        raise InferenceError(
            InferenceErrorCode.CONTEXT_EXCEEDED,
            f"{pieces} tokens for a context of {self._limit}",
            detail={"tokens": pieces, "limit": self._limit},
        )


def _broken(code: InferenceErrorCode) -> InferenceError:
    return InferenceError(code, "the script breaks off here", retryable=True)


def _so_far(request: GenerationRequest) -> list[str]:
    return [text for text in (request.reasoning_so_far, request.answer_so_far) if text]


def _count(texts: Sequence[str]) -> list[int]:
    return [len(text) // _PIECE + 1 for text in texts]


def _whole(lines: Iterable[Line]) -> Iterator[Line]:
    """The script as whole text, so that offsets are those that readers see."""
    channels: defaultdict[Channel, WholeText] = defaultdict(WholeText)
    for line in lines:
        yield Line(line.channel, channels[line.channel].push(line.text))
    for channel, text in channels.items():
        yield Line(channel, text.flush())


def _pieces(scenario: Scenario, request: GenerationRequest) -> Iterator[Line]:
    for line in _rest(_whole(scenario.script(request.messages)), request):
        for begin in range(0, len(line.text), _PIECE):
            yield Line(line.channel, line.text[begin : begin + _PIECE])


def _rest(lines: Iterable[Line], request: GenerationRequest) -> Iterator[Line]:
    """The rest of the script after the text so far."""
    skippable = {"reasoning": len(request.reasoning_so_far), "answer": len(request.answer_so_far)}
    for line in lines:
        if line.channel == "reasoning" and request.answer_so_far:
            continue
        skipped = min(skippable[line.channel], len(line.text))
        skippable[line.channel] -= skipped
        yield Line(line.channel, line.text[skipped:])
