"""A run's events as a page of the short form draws them."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from chat import run_events
from chat.errors import ErrorCode
from chat.run_events import (
    Failure,
    Numbered,
    QueuePosition,
    RunEnded,
    RunStarted,
    TextDelta,
    TextSnapshot,
)
from chat.runs.reading import ReaderEvent
from chat.socket.frame_writer import FrameWriter
from chat.socket.short_form.writer import ShortFormWriter
from chat.wire.protocol import End, Error, Queued, ServerFrame, Start, Stream
from inference import ModelCard, ModelState
from tests.chat.socket.short_form.page import TutorialPage

_FAILED = RunEnded("failed", failure=Failure(ErrorCode.MODEL_FILE_MISSING, {"file": "x.gguf"}))


def _writer(locale: str = "zh") -> ShortFormWriter:
    return ShortFormWriter(FrameWriter("r", 1, locale))


def _write(writer: ShortFormWriter, *told: run_events.RunEvent | ReaderEvent) -> list[ServerFrame]:
    return [
        frame
        for seq, event in enumerate(told, start=1)
        for frame in writer.write(
            Numbered(seq, event) if isinstance(event, RunStarted | TextDelta | RunEnded) else event
        )
    ]


def _drawn(frames: list[ServerFrame]) -> TutorialPage:
    page = TutorialPage()
    for frame in frames:
        page.draw(msgspec.to_builtins(frame))
    return page


def test_an_answer_has_a_placeholder_and_wraps_reasoning() -> None:
    thought = (TextDelta("reasoning", "想"), TextDelta("reasoning", "好了"))
    told = (RunStarted("m"), *thought, TextDelta("answer", "好"), RunEnded("completed"))
    start, *texts, end = _write(_writer(), *told)
    assert start == Start("r", 1, 1, "m", "AI正在思考中...\n")
    assert [t.content for t in texts if isinstance(t, Stream)] == [
        "<think>想",
        "好了",
        "</think>好",
    ]
    assert isinstance(end, End)


def test_an_open_thought_is_closed_at_the_end() -> None:
    told = (RunStarted("m"), TextDelta("reasoning", "想"), RunEnded("cancelled", "cancelled"))
    frames = _write(_writer(), *told)
    assert "".join(f.content for f in frames[1:] if isinstance(f, Stream)) == "<think>想</think>"


def test_a_loop_is_told_as_the_length_that_is_known() -> None:
    looped = (RunStarted("m"), TextDelta("answer", "好"), RunEnded("completed", "repetition"))
    (*_, end) = _write(_writer(), *looped)
    assert isinstance(end, End)
    assert end.finish_reason == "length"


def test_a_failure_before_the_first_word_replaces_the_placeholder() -> None:
    page = _drawn(_write(_writer(), RunStarted("m"), _FAILED))
    assert page.line == "找不到模型文件「x.gguf」，请检查路径或重新下载。"
    assert (page.is_finished, page.status) == (True, "failed")


def test_a_failure_in_the_middle_stands_behind_the_text() -> None:
    told = (RunStarted("m"), TextDelta("reasoning", "想"), TextDelta("answer", "一、二"), _FAILED)
    page = _drawn(_write(_writer("en"), *told))
    text, _, failure = page.line.partition("\n\nError: ")
    assert text.endswith("</think>一、二")
    assert failure.startswith("The model file “x.gguf” is missing")


def test_the_error_frame_stays_beside() -> None:
    frames = _write(_writer(), RunStarted("m"), _FAILED)
    assert [frame for frame in frames if isinstance(frame, Error)]


def test_an_interrupted_answer_does_not_look_finished() -> None:
    page = _drawn(
        _write(_writer(), RunStarted("m"), TextDelta("answer", "一"), RunEnded("interrupted"))
    )
    assert page.line.endswith("\n\n错误：回答中断了，请重新提问。")
    assert page.status == "interrupted"


def test_an_answer_without_a_word_says_so() -> None:
    assert (
        "没有写出任何内容" in _drawn(_write(_writer(), RunStarted("m"), RunEnded("completed"))).line
    )
    stopped = _write(_writer(), RunStarted("m"), RunEnded("cancelled", "cancelled"))
    assert _drawn(stopped).line == "回答已停止。"


def test_a_server_that_stops_is_a_sentence_and_an_end() -> None:
    suspended = run_events.Suspended()
    page = _drawn(_write(_writer(), RunStarted("m"), TextDelta("answer", "一"), suspended))
    assert "服务器正在关闭" in page.line
    assert (page.is_finished, page.status) == (True, "interrupted")


def test_a_message_taken_back_elsewhere_ends_here() -> None:
    page = _drawn(_write(_writer(), QueuePosition(1, None, "answer"), run_events.Withdrawn()))
    assert (page.line, page.status) == ("回答已停止。", "cancelled")


def test_a_wait_replaces_the_line_and_goes_when_the_answer_begins() -> None:
    frames = _write(
        _writer(), QueuePosition(3, 11.2, "slot"), QueuePosition(1, None, "slot"), RunStarted("m")
    )
    assert [type(frame) for frame in frames] == [Queued, Start, Queued, Start, Start]
    page = _drawn(frames)
    assert "前面还有 2 个问题，大约 12 秒" in page.shown[1]
    assert "下一个就是你" in page.shown[3]
    assert page.line == "AI正在思考中...\n"


def test_what_is_told_of_a_wait_follows_the_model() -> None:
    card = ModelCard("m", "M", "llama_cpp", 1, state=ModelState.LOADING, progress=0.404)
    writer = ShortFormWriter(FrameWriter("r", 1, "en"), lambda: card)
    waits = [
        frame for frame in writer.write(QueuePosition(1, None, "model")) if isinstance(frame, Start)
    ]
    assert [frame.content for frame in waits] == ["Loading the model “M” (40%)…"]
    assert list(writer.waiting()) == []
    card = replace(card, progress=0.9)
    assert [f.content for f in writer.waiting() if isinstance(f, Start)] == [
        "Loading the model “M” (90%)…"
    ]
    list(writer.write(Numbered(1, RunStarted("m"))))
    assert list(writer.waiting()) == []


def test_a_snapshot_is_drawn_as_the_whole_text() -> None:
    told = (RunStarted("m"), TextDelta("answer", "旧"), TextSnapshot(1, 9, "m", "想", "好"))
    writer = _writer()
    page = _drawn([*_write(writer, *told), *writer.write(Numbered(10, TextDelta("answer", "的")))])
    assert page.line == "<think>想</think>好的"


def test_a_second_start_takes_no_text_away() -> None:
    told = (RunStarted("m"), TextDelta("answer", "一"), RunStarted("m"), TextDelta("answer", "二"))
    assert _drawn(_write(_writer(), *told)).line == "AI正在思考中...\n一二"
