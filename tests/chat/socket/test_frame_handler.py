"""One frame is one use case: its run is found once, its member's limits are read once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chat.actor import Actor
from chat.runs.opener import RunOpener
from chat.runs.rights import ModelRights
from chat.service import ChatService
from chat.socket.frame_handler import FrameHandler, Request
from chat.socket.notifications import Notifications
from chat.socket.readers import Readers
from chat.store import Turn
from chat.wire.protocol import Attach, Regenerate, Resume, Send, ServerFrame, Stop, Withdraw

ALICE = Actor("alice", "phone")


async def _tell(frame: ServerFrame) -> None:
    return


@pytest.fixture
def handler(service: ChatService) -> FrameHandler:
    readers, notifications = Readers(service, _tell), Notifications(service, _tell)
    return FrameHandler(service, readers, notifications, _tell)


def _counted(monkeypatch: pytest.MonkeyPatch, kind: type, name: str) -> list[str]:
    calls: list[str] = []
    method: Callable[..., Any] = getattr(kind, name)

    def call(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        return method(*args, **kwargs)

    monkeypatch.setattr(kind, name, call)
    return calls


async def _running_and_waiting(service: ChatService) -> tuple[Turn, Turn]:
    running = await service.send(ALICE, Send("a", "数", model="scripted/endless"))
    send = Send("b", "再", running.conversation, model="scripted/endless")
    return running, await service.send(ALICE, send)


async def test_each_frame_finds_its_run_once(
    service: ChatService, handler: FrameHandler, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, waiting = await _running_and_waiting(service)
    found = _counted(monkeypatch, RunOpener, "find")
    frames: tuple[Request, ...] = (
        Attach(running.run),
        Withdraw(waiting.run),
        Stop(running.run),
        Resume(running.run),
    )
    for count, frame in enumerate(frames, start=1):
        await handler.handle(ALICE, frame, "en")
        assert len(found) == count


async def test_a_send_reads_its_members_limits_once(
    service: ChatService, handler: FrameHandler, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = _counted(monkeypatch, ModelRights, "standing")
    again = _counted(monkeypatch, ModelRights, "access")
    monkeypatch.delattr("chat.runs.starter.limits_of")
    await handler.handle(ALICE, Send("a", "你好"), "en")
    (run,) = service._opener.runs.live()
    await handler.handle(ALICE, Regenerate("b", await _answer(service, run.key.run)), "en")
    assert (len(read), again) == (2, [])


async def _answer(service: ChatService, run: str) -> str:
    turn = await service.send(ALICE, Send("a", "你好"))
    assert turn.run == run
    return turn.message
