"""What a run's tokens become on their way out."""

from __future__ import annotations

import pytest
import torch

from inference.events import GenerationFinished, TextDelta, TokenLogprob
from inference.text.repetition import Repetition
from inference.text.similar_lines import SimilarLines
from inference.text.watch import RepetitionWatch
from inference.transformers_engine.prompts.chat_template import Prompt
from inference.transformers_engine.sampling.sampler import sample
from inference.transformers_engine.scheduling.generation import Generation
from inference.types import SamplingOptions, Usage
from tests.inference.transformers_engine.remembering import TOKENIZER, VOCABULARY

END = VOCABULARY - 1


def _received(logits: list[torch.Tensor], **options: int) -> list[TextDelta]:
    asked = SamplingOptions(do_sample=False, **options)  # type: ignore[arg-type]
    run = Generation(Prompt([1, 2], reasoning_opened=False), asked, 50, TOKENIZER, frozenset({END}))
    events = [
        event
        for scores in logits
        for event in run.take(sample(scores[None].clone(), [run.row()])[0])
    ]
    return [event for event in events if isinstance(event, TextDelta)]


def _logits(*likeliest: int) -> list[torch.Tensor]:
    torch.manual_seed(0)
    return [torch.randn(VOCABULARY).index_fill_(0, torch.tensor([at]), 9.0) for at in likeliest]


def test_every_token_that_was_generated_has_its_log_probability() -> None:
    logits = _logits(5, 7, 9, END)
    received = [one for delta in _received(logits, logprobs=2) for one in delta.logprobs]
    wanted = [scores.log_softmax(-1)[at] for scores, at in zip(logits, (5, 7, 9), strict=False)]
    assert [one.text for one in received] == [TOKENIZER.decode([at]) for at in (5, 7, 9)]
    assert [one.logprob for one in received] == pytest.approx([float(one) for one in wanted])
    assert all(_is_likeliest(one) for one in received)


def test_they_are_omitted_without_a_request() -> None:
    assert all(delta.logprobs == () for delta in _received(_logits(5, 7, END)))


def test_a_loop_ends_the_run_with_the_token_that_makes_it_certain() -> None:
    prompt = Prompt([1, 2], reasoning_opened=False)
    run = Generation(prompt, SamplingOptions(), 5000, TOKENIZER, frozenset({END}))
    run.watch = RepetitionWatch({"answer": (Repetition(), SimilarLines())})
    events = list(run.take(11))
    while run.finished is None:
        events += run.take(12)
    *received, end = events
    assert isinstance(end, GenerationFinished)
    assert end.reason == "repetition"
    assert end.usage == Usage(2, run.sequence.new_tokens)
    assert all(isinstance(event, TextDelta) for event in received)


def _is_likeliest(one: TokenLogprob) -> bool:
    (text, logprob), _ = one.likeliest
    return text == one.text and logprob == pytest.approx(one.logprob)
