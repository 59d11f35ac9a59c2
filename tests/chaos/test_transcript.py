"""A reader notices whatever is told otherwise than it was told before."""

from __future__ import annotations

import pytest

from tests.chaos.difference import Difference
from tests.chaos.fault import characters
from tests.chaos.transcript import Transcript
from tests.live.chat_socket import Frame


def start(seq: int = 1, epoch: int = 1) -> Frame:
    return {"type": "start", "seq": seq, "epoch": epoch}


def stream(seq: int, content: str) -> Frame:
    return {"type": "stream", "seq": seq, "channel": "answer", "content": content}


def snapshot(seq: int, content: str, epoch: int = 1) -> Frame:
    return {"type": "snapshot", "seq": seq, "epoch": epoch, "content": content, "reasoning": ""}


def end(seq: int) -> Frame:
    return {"type": "end", "seq": seq}


def transcript(*frames: Frame) -> Transcript:
    made = Transcript("r", "a reader")
    for frame in frames:
        made.take(frame)
    return made


def kinds(made: Transcript) -> list[str]:
    return [fault.kind for fault in made.faults]


def test_an_answer_told_once_has_no_fault() -> None:
    made = transcript(start(), stream(2, "one "), stream(3, "two"), end(4))
    assert (made.texts["answer"], made.ended, made.faults) == ("one two", True, [])


def test_an_answer_that_goes_on_after_a_death_has_none_either() -> None:
    made = transcript(start(), stream(2, "one "), start(3), stream(4, "two"), end(5))
    assert (made.texts["answer"], made.faults) == ("one two", [])


def test_a_snapshot_of_the_same_epoch_may_only_add() -> None:
    made = transcript(start(), stream(2, "one "), snapshot(5, "one two"), end(6))
    assert (made.texts["answer"], made.faults) == ("one two", [])


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("one twX three", Difference(changed=1)),
        ("one to three", Difference(lost=1)),
        ("one ttwo three", Difference(doubled=1)),
        ("one ", Difference(lost=3)),
    ],
)
def test_a_snapshot_that_says_something_else_is_a_fault(content: str, found: Difference) -> None:
    made = transcript(start(), stream(2, "one two"), snapshot(5, content))
    assert kinds(made) == ["text"]
    assert characters(made.faults) == found


def test_a_snapshot_of_fewer_events_is_a_fault() -> None:
    assert kinds(transcript(start(), stream(2, "one"), snapshot(1, "one"))) == ["number"]


@pytest.mark.parametrize("seq", [2, 4])
def test_a_number_that_comes_again_or_is_left_out_is_a_fault(seq: int) -> None:
    assert kinds(transcript(start(), stream(2, "one"), stream(seq, "two"))) == ["number"]


def test_a_second_end_is_a_fault() -> None:
    assert kinds(transcript(start(), end(2), end(3))) == ["end"]


def test_an_epoch_after_the_end_is_a_fault() -> None:
    assert kinds(transcript(start(), end(2), snapshot(3, "", epoch=2))) == ["end"]


def test_a_new_epoch_keeps_what_was_there_before() -> None:
    made = transcript(start(), stream(2, "one"), snapshot(1, "o", epoch=2), stream(2, "ld"))
    assert (made.epoch, made.texts["answer"], made.faults) == (2, "old", [])
    assert [texts["answer"] for texts in made.earlier] == ["one"]


def test_an_older_epoch_is_a_fault() -> None:
    assert kinds(transcript(snapshot(1, "", epoch=2), snapshot(1, "", epoch=1))) == ["epoch"]


def test_a_refused_cursor_is_a_fault() -> None:
    made = transcript(start(), stream(2, "one"), {"type": "error", "code": "bad_cursor"})
    assert (kinds(made), made.seq, made.epoch) == (["refused"], 0, None)


def test_text_over_rest_belongs_to_the_readers_epoch() -> None:
    made = transcript(start(), stream(2, "one"))
    made.grow(2, 3, {"answer": " two", "reasoning": ""})
    assert kinds(made) == ["epoch"]


def test_text_over_rest_that_comes_again_is_a_fault() -> None:
    made = transcript(start(), stream(2, "one"))
    made.grow(1, 2, {"answer": "one", "reasoning": ""})
    assert kinds(made) == ["number"]
