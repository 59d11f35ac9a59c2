"""Events become frames."""

from __future__ import annotations

from chat import run_events as events
from chat.errors import ErrorCode
from chat.run_events import (
    Failure,
    Numbered,
    QueuePosition,
    RunEnded,
    RunEvent,
    RunStarted,
    TextDelta,
    TextSnapshot,
)
from chat.socket.frame_writer import FrameWriter, Writer
from chat.wire.model_frames import model_frames
from chat.wire.protocol import (
    End,
    Error,
    Queued,
    Saving,
    ServerFrame,
    Snapshot,
    Start,
    Stream,
    Withdrawn,
)
from inference import InferenceError, InferenceErrorCode, ModelCard, ModelNote


def _write(writer: Writer, *told: RunEvent) -> list[ServerFrame]:
    numbered = [Numbered(seq, event) for seq, event in enumerate(told, start=1)]
    return [frame for event in numbered for frame in writer.write(event)]


def test_a_run_in_full() -> None:
    events = (
        RunStarted("m"),
        TextDelta("reasoning", "想"),
        TextDelta("answer", "好"),
        RunEnded("completed"),
    )
    assert _write(FrameWriter("r", 1, "zh"), *events) == [
        Start("r", 1, 1, "m"),
        Stream("r", 2, "reasoning", "想"),
        Stream("r", 3, "answer", "好"),
        End("r", 4, "completed", None, None, None),
    ]


def test_a_failure_is_told_in_the_readers_language_before_the_end() -> None:
    failed = RunEnded("failed", failure=Failure(ErrorCode.OUT_OF_MEMORY, {}))
    error, end = _write(FrameWriter("r", 1, "en"), failed)
    assert isinstance(error, Error)
    assert error.run == "r"
    assert error.retryable
    assert error.message.startswith("Out of memory")
    assert isinstance(end, End)
    assert end.status == "failed"


def test_places_and_snapshots_pass() -> None:
    writer = FrameWriter("r", 1, "zh")
    assert list(writer.write(QueuePosition(2, 1.5, "slot"))) == [Queued("r", 2, 1.5, "slot")]
    waits = QueuePosition(1, None, "memory", "Qwen")
    assert list(writer.write(waits)) == [Queued("r", 1, None, "memory", "Qwen")]
    snapshot = TextSnapshot(2, 9, "m", "想", "好")
    assert list(writer.write(snapshot)) == [Snapshot("r", 2, 9, "m", "想", "好")]


def test_a_provider_is_told_at_the_start_and_with_every_snapshot() -> None:
    writer = FrameWriter("r", 1, "zh")
    (start,) = writer.write(Numbered(1, RunStarted("m", 0, "DeepSeek")))
    (snapshot,) = writer.write(TextSnapshot(1, 1, "m", "", "", 0, "DeepSeek"))
    assert isinstance(start, Start)
    assert isinstance(snapshot, Snapshot)
    assert (start.provider, snapshot.provider) == ("DeepSeek", "DeepSeek")


def test_what_is_beside_the_log_has_no_number() -> None:
    writer = FrameWriter("r", 1, "en")
    (unsaved,) = writer.write(events.Saving(False))
    assert isinstance(unsaved, Saving)
    assert unsaved.message is not None
    assert unsaved.message.startswith("This answer can’t be saved")
    assert list(writer.write(events.Saving(True))) == [Saving("r", True)]
    assert list(writer.write(events.Withdrawn())) == [Withdrawn("r")]
    (leaving,) = writer.write(events.Suspended())
    assert isinstance(leaving, Error)
    assert (leaving.code, leaving.run) == ("shutting_down", "r")


def test_a_failed_model_says_why() -> None:
    error = InferenceError(InferenceErrorCode.MODEL_FILE_MISSING, "", detail={"file": "x.gguf"})
    cards = (ModelCard("a", "A", "scripted", 1), ModelCard("b", "B", "llama_cpp", 1, error=error))
    first, second = model_frames(cards, "en")
    assert (first.default, first.error) == (True, None)
    assert not second.default
    assert "x.gguf" in (second.error or "")


def test_a_model_says_what_a_person_should_know() -> None:
    card = ModelCard("a", "A", "transformers", 1, notes=tuple(ModelNote))
    (model,) = model_frames((card,), "zh")
    assert model.notes == [
        *("one_at_a_time", "plain_template", "offloaded", "little_memory"),
        "base_model",
    ]
    assert model.languages == []


def test_a_model_says_which_languages_it_speaks() -> None:
    (model,) = model_frames((ModelCard("a", "A", "llama_cpp", 1, languages=("zh", "en")),), "zh")
    assert model.languages == ["zh", "en"]


def test_a_model_is_named_in_the_readers_language() -> None:
    card = ModelCard("a", "脚本：慢速", "scripted", 1, english_name="Scripted: slow")
    names = [model_frames((card,), locale)[0].name for locale in ("zh-CN", "", "en-GB")]
    assert names == ["脚本：慢速", "脚本：慢速", "Scripted: slow"]
    assert model_frames((ModelCard("q", "Qwen", "llama_cpp", 1),), "en")[0].name == "Qwen"
