"""Turns the sampled tokens of one run into events, with exactly one end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from inference.events import GenerationEvent, GenerationFinished, TextDelta, TokenLogprob
from inference.text.reasoning import ReasoningSplitter
from inference.text.stopped_deltas import StoppedDeltas
from inference.text.watch import RepetitionWatch
from inference.transformers_engine.prompts.chat_template import Prompt
from inference.transformers_engine.sampling.sampler_state import Row, SamplerState
from inference.transformers_engine.scheduling.detokenizer import TextDecoder, stream
from inference.transformers_engine.scheduling.sequence import Sequence
from inference.types import FinishReason, SamplingOptions, Usage


class Generation:
    """`take` gets each token; `finished` is set by the token that ends it. `watch` ends a text that
    repeats itself; it is set before the first token.
    """

    def __init__(
        self,
        prompt: Prompt,
        options: SamplingOptions,
        available: int,
        tokenizer: TextDecoder,
        ends: frozenset[int],
    ) -> None:
        """`available` is how many tokens fit after the prompt; `ends` are the end-of-turn tokens.

        A prompt that ends in text so far is continued as if the run had never stopped: with the
        same draws for a seed, and the same past for penalties.
        """
        allowed = min(options.max_new_tokens or available, available)
        self.sequence = Sequence(list(prompt.tokens), options, allowed)
        self.finished: GenerationFinished | None = None
        self.watch = RepetitionWatch({})
        self._sampler = SamplerState(options)
        self._ends = ends
        self._tokenizer = tokenizer
        self._tag_tokens = prompt.tag_tokens.shown
        self._detokenizer = stream(tokenizer, prompt.tokens, prompt.tag_tokens.hidden)
        self._stops = StoppedDeltas(options.stop)
        self._tokens_so_far = prompt.tokens_so_far
        self._splitter = ReasoningSplitter(
            opened=prompt.reasoning_opened, continued=prompt.continued, tags=prompt.tags
        )

    def row(self) -> Row:
        """What the sampler needs to draw the next token."""
        position = self.sequence.new_tokens + self._tokens_so_far
        if not self._sampler.looks_back:
            return Row(self._sampler, position, [], [])
        tokens, begin = self.sequence.tokens, self.sequence.prompt_tokens - self._tokens_so_far
        return Row(self._sampler, position, tokens[:begin], tokens[begin:])

    def take(self, token: int) -> Iterator[GenerationEvent]:
        """The events that this token causes; the last one may be the end."""
        self.sequence.tokens.append(token)
        for event in self._events(token):
            if isinstance(event, TextDelta) and self._sampler.drawn:
                yield replace(event, logprobs=self._logprobs())
            else:
                yield event

    def _events(self, token: int) -> Iterator[GenerationEvent]:
        if token in self._ends:
            yield from self._end("stop")
            return
        yield from self._until_stopped(self._splitter.push(self._completed(token)))
        if self.sequence.is_full and not self.finished:
            yield from self._end("length")

    def _completed(self, token: int) -> str:
        """The text that the token completes: none for a tag's token where there can be no tag."""
        tag = self._tag_tokens.get(token)
        if tag is not None and not self._splitter.expects(tag):
            return ""
        return self._detokenizer.step(token)

    def _until_stopped(self, deltas: Iterator[TextDelta]) -> Iterator[GenerationEvent]:
        """The deltas up to a stop string or a loop, which ends the run."""
        for delta in deltas:
            for shown in self._stops.push(delta):
                yield shown
                if self.watch.is_loop(shown):
                    yield self._finish("repetition")
                    return
            if self._stops.stopped:
                yield self._finish("stop")
                return

    def _logprobs(self) -> tuple[TokenLogprob, ...]:
        drawn = [one for one in self._sampler.drawn if one.token not in self._ends]
        self._sampler.drawn.clear()
        return tuple(
            TokenLogprob(
                self._text(one.token),
                one.logprob,
                tuple((self._text(token), logprob) for token, logprob in one.likeliest),
            )
            for one in drawn
        )

    def _text(self, token: int) -> str:
        return self._tokenizer.decode([token], skip_special_tokens=False)

    def _end(self, reason: FinishReason) -> Iterator[GenerationEvent]:
        yield from self._until_stopped(self._splitter.flush())
        if not self.finished:
            yield from self._stops.flush()
            yield self._finish(reason)

    def _finish(self, reason: FinishReason) -> GenerationFinished:
        sequence = self.sequence
        usage = Usage(sequence.prompt_tokens, sequence.new_tokens, sequence.cached)
        self.finished = GenerationFinished(reason, usage)
        return self.finished
