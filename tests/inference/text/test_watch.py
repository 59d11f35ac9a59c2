"""An answer's channels are watched each for itself, with its text so far."""

from __future__ import annotations

from dataclasses import replace

from inference.events import TextDelta
from inference.text.watch import RepetitionWatch
from inference.types import ChatMessage, GenerationRequest

LOOP = "我很好，谢谢你。" * 40
HALF = LOOP[: len(LOOP) // 3]
WATCHED = GenerationRequest("r", "m", "a", (ChatMessage("user", "你好"),), stop_repetition=True)


def test_a_loop_is_noticed_on_either_channel() -> None:
    assert RepetitionWatch.of(WATCHED).is_loop(TextDelta("answer", LOOP))
    assert RepetitionWatch.of(WATCHED).is_loop(TextDelta("reasoning", LOOP))


def test_an_answer_may_repeat_its_reasoning() -> None:
    watch = RepetitionWatch.of(WATCHED)
    assert not watch.is_loop(TextDelta("reasoning", HALF))
    assert not watch.is_loop(TextDelta("answer", HALF))


def test_the_text_so_far_counts() -> None:
    rest = TextDelta("answer", LOOP[len(HALF) :])
    assert RepetitionWatch.of(replace(WATCHED, answer_so_far=HALF)).is_loop(rest)
    stopped = RepetitionWatch.of(replace(WATCHED, answer_so_far=LOOP))
    assert stopped.is_loop(TextDelta("answer", LOOP[:1]))


def test_nothing_is_stopped_that_is_not_to_be() -> None:
    request = replace(WATCHED, stop_repetition=False)
    assert not RepetitionWatch.of(request).is_loop(TextDelta("answer", LOOP))


def test_what_was_asked_for_is_known() -> None:
    asked = replace(WATCHED, messages=(ChatMessage("user", "说四十遍：我很好，谢谢你。"),))
    assert not RepetitionWatch.of(asked).is_loop(TextDelta("answer", LOOP))
