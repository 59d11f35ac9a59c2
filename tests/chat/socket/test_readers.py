"""A reader that breaks says so, and is no fault of the run's."""

from __future__ import annotations

import asyncio

import pytest

from chat.actor import Actor
from chat.service import ChatService
from chat.socket.frame_writer import FrameWriter
from chat.socket.readers import Readers, Wanted
from chat.wire.protocol import Error, Send, ServerFrame
from tests.patience import PATIENCE


async def test_a_reader_that_breaks_unforeseen_is_told(
    service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = asyncio.Queue[ServerFrame]()
    alice = Actor("alice", "phone")
    turn = await service.send(alice, Send("x", "问", model="scripted/plain"))

    def broken(writer: FrameWriter, event: object) -> list[ServerFrame]:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr(FrameWriter, "write", broken)
    await Readers(service, told.put).open(alice, Wanted(turn.run, "en"))
    frame = await asyncio.wait_for(told.get(), PATIENCE)
    assert isinstance(frame, Error)
    assert (frame.code, frame.run, frame.retryable) == ("internal", turn.run, True)
