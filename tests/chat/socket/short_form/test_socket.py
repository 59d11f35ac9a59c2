"""What a tutorial's page draws, through Channels' communicator and the whole application."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from chat.errors import ChatError, ErrorCode
from chat.service import ChatService
from tests.chat.paired_server import Frame, Socket, owner, unpaired
from tests.chat.socket.short_form.page import TutorialPage
from tests.overrides import Overrides


@pytest_asyncio.fixture
async def socket(paired_service: ChatService) -> AsyncIterator[Socket]:
    """Of a page at the computer itself, in English."""
    async with owner().socket() as opened:
        yield opened


async def _read(socket: Socket) -> TutorialPage:
    """The page once its answer has ended."""
    page = TutorialPage()
    while not page.is_finished:
        page.draw(await socket.receive())
    return page


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        ('{"message": " "}', "The message is empty"),
        ("你好", "This message isn’t valid JSON"),
        ('"你好"', "A message must be a JSON object"),
        ('{"text": "你好"}', "Something in the request isn’t valid"),
        ('{"type": "chat", "message": "你好"}', "Unknown message type “chat”"),
        (json.dumps({"message": "x" * 300 * 1024}), "This message is "),
    ],
)
async def test_a_refused_question_is_a_line_to_read(
    socket: Socket, frame: str, sentence: str
) -> None:
    await socket.wire.send_to(text_data=frame)
    page = await _read(socket)
    assert page.line.startswith(sentence)
    assert page.status == "failed"


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (ChatError(ErrorCode.TOO_MANY_MESSAGES, limit=2, seconds=30), "You’re sending too fast"),
        (ChatError(ErrorCode.OVERLOADED, seconds=30), "Too many people are in the queue"),
        (ChatError(ErrorCode.UNKNOWN_MODEL, model="m"), "There is no model named “m”"),
        (ChatError(ErrorCode.STORAGE_FAILED), "Can’t use the database on the computer"),
    ],
    ids=lambda value: getattr(value, "code", "sentence"),
)
async def test_a_limit_is_a_line_to_read(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch, refusal: ChatError, sentence: str
) -> None:
    async def refuse(*_: object) -> None:
        raise refusal

    monkeypatch.setattr(paired_service, "send", refuse)
    async with owner().socket() as socket:
        await socket.send({"message": "你好"})
        page = await _read(socket)
    assert sentence in page.line
    assert page.status == "failed"


async def test_a_failure_in_the_middle_is_read_and_not_stored(
    socket: Socket, paired_service: ChatService
) -> None:
    paired_service.listing.set_default("scripted/error")
    await socket.send({"message": "你好"})
    page, runs = TutorialPage(), set[str]()
    while not page.is_finished:
        frame = await socket.receive()
        page.draw(frame)
        runs.add(frame["run"])
    assert "一、二、三、\n\nError: " in page.line
    assert page.status == "failed"
    assert "Error: " not in _text(await _replayed(runs.pop()))


async def test_a_wait_is_read_at_once(socket: Socket, paired_service: ChatService) -> None:
    paired_service.listing.set_default("scripted/endless")
    async with owner().socket() as busy:
        for name in "ab":
            await busy.ask({"type": "send", "client_msg_id": name, "content": "数"})
            await busy.receive("stream")
        await socket.send({"message": "你好"})
        start = await socket.receive("start")
        assert start["content"].startswith("Queued, you are next")


async def test_a_refusal_is_read_after_the_answer_before_it(socket: Socket) -> None:
    await socket.send({"message": "你好"})
    await socket.send({"message": " "})
    answer, refusal = await _read(socket), await _read(socket)
    assert "你刚才说：「你好」" in answer.line
    assert answer.status == "completed"
    assert refusal.line.startswith("The message is empty")


async def test_two_questions_at_once_are_read_one_after_the_other(socket: Socket) -> None:
    await socket.send({"message": "一"})
    await socket.send({"message": "二"})
    first, second = await _read(socket), await _read(socket)
    assert ("「一」" in first.line, "第 2 轮" in first.line) == (True, False)
    assert "第 2 轮" in second.line


async def test_a_client_of_the_protocol_reads_errors_alone(socket: Socket) -> None:
    await socket.ask({"type": "hello"})
    await socket.wire.send_to(text_data="你好")
    assert (await socket.receive())["code"] == "bad_json"
    await socket.send({"type": "ping"})
    assert (await socket.receive())["type"] == "pong"


async def test_pings_make_no_client_of_the_protocol(socket: Socket) -> None:
    await socket.ask({"type": "ping"})
    await socket.send({"message": ""})
    assert (await _read(socket)).line.startswith("The message is empty")


async def test_an_unpaired_page_reads_what_to_do(paired_service: ChatService) -> None:
    async with unpaired().socket() as phone:
        await phone.send({"message": "你好"})
        page = await _read(phone)
        assert "manage.py pair" in page.line
        assert "manage.py apikey create" in page.line
        assert page.status == "failed"
        assert await phone.closed_with() == 4401


async def test_an_unpaired_page_that_says_nothing_reads_it_too(
    paired_service: ChatService, conf: Overrides
) -> None:
    conf.hello_seconds = 0.05
    async with unpaired().socket() as phone:
        assert "manage.py pair" in (await _read(phone)).line


async def test_a_server_that_stops_is_read(socket: Socket, paired_service: ChatService) -> None:
    paired_service.listing.set_default("scripted/endless")
    await socket.send({"message": "你好"})
    await socket.receive("stream")
    closing = asyncio.create_task(paired_service.close())
    page = await _read(socket)
    assert "The server is shutting down" in page.line
    assert page.status == "interrupted"
    await closing


async def _replayed(run: str) -> list[Frame]:
    """The run as a client of the protocol gets it."""
    async with owner().socket() as reader:
        await reader.ask({"type": "hello"})
        await reader.send({"type": "attach", "run": run})
        frames = [await reader.receive("start", "snapshot")]
        while frames[-1]["type"] != "end":
            frames.append(await reader.receive())
        return frames


def _text(frames: list[Frame]) -> str:
    return "".join(frame.get("content", "") for frame in frames)
