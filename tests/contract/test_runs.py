"""The golden runs are frames this server could send; the client's tests reduce them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chat.wire.protocol import End, ServerFrame, Snapshot, Start, Stream

RUNS = json.loads((Path(__file__).parent / "runs.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("run", RUNS, ids=lambda run: str(run["name"]))
def test_every_frame_is_one_of_the_protocols(run: dict[str, Any]) -> None:
    for frame in run["frames"]:
        assert msgspec.to_builtins(msgspec.convert(frame, ServerFrame)) == frame


@pytest.mark.parametrize("run", RUNS, ids=lambda run: str(run["name"]))
def test_what_is_expected_is_what_the_numbered_frames_say(run: dict[str, Any]) -> None:
    """A reducer in ten lines: in order, by number, a snapshot or a new epoch in place of all."""
    frames = [msgspec.convert(frame, ServerFrame) for frame in run["frames"]]
    name = next((f.run for f in frames if isinstance(f, Start | Snapshot | End)), None)
    seq, epoch, text, ended = 0, 1, {"answer": "", "reasoning": ""}, False
    for frame in (f for f in frames if getattr(f, "run", None) == name):
        match frame:
            case Snapshot() if frame.epoch != epoch or frame.seq > seq:
                seq, epoch = frame.seq, frame.epoch
                text, ended = {"answer": frame.content, "reasoning": frame.reasoning}, False
            case Start() if frame.epoch != epoch:
                seq, epoch, text = frame.seq, frame.epoch, {"answer": "", "reasoning": ""}
            case Start() | Stream() | End() if frame.seq == seq + 1 and not ended:
                seq, ended = frame.seq, isinstance(frame, End)
                if isinstance(frame, Stream):
                    text[frame.channel] += frame.content
    expected = run["expect"]
    assert (text["answer"], text["reasoning"]) == (expected["content"], expected["reasoning"])
    assert seq == expected["seq"]
