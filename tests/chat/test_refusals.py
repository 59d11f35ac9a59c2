"""Every error on the socket names its frame, and any text is handled."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from chat.actor import Actor
from chat.service import ChatService
from chat.wire.protocol import Send
from tests.chat.socket.test_consumer import Client, Frame


@pytest_asyncio.fixture
async def client(served: ChatService) -> AsyncIterator[Client]:
    made = Client()
    await made.connect()
    yield made
    await made.socket.disconnect()


async def _refused(client: Client, text: str) -> Frame:
    await client.socket.send_to(text_data=text)
    return (await client.hear_until("error"))[-1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"type":"send","client_msg_id":"m","content":5}', "bad_field"),
        ('{"type":"send","client_msg_id":"m","content":"x","options":{"top_p":9}}', "bad_field"),
        ('{"type":"send","client_msg_id":"m","content":"x","options":{"logprobs":5}}', "bad_field"),
        ('{"type":"dance","client_msg_id":"m"}', "unknown_frame"),
        ('{"type":"send","client_msg_id":"m","content":"cut of', "bad_json"),
        ('{"type":"send","client_msg_id":"m","content":" "}', "empty_message"),
        (
            '{"type":"send","client_msg_id":"m","content":"' + "x" * 300_000 + '"}',
            "frame_too_large",
        ),
    ],
    ids=lambda value: value[:60],
)
async def test_a_refused_message_is_named(client: Client, text: str, code: str) -> None:
    error = await _refused(client, text)
    assert (error["code"], error["client_msg_id"]) == (code, "m")


@pytest.mark.parametrize(
    "text", ['{"type":"attach","run":"r","after":-1}', '{"type":"stop","run":"r"}', '{"run":"r"']
)
async def test_a_refused_run_is_named(client: Client, text: str) -> None:
    assert (await _refused(client, text))["run"] == "r"


async def test_a_fault_of_the_server_ends_the_message_and_not_the_socket(
    client: Client, served: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(actor: Actor, frame: Send) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr(served, "send", broken)
    error = await _refused(client, '{"type":"send","client_msg_id":"m","content":"x"}')
    assert (error["code"], error["client_msg_id"], error["retryable"]) == ("internal", "m", True)
    await client.tell({"type": "ping"})
    await client.hear_until("pong")


async def test_half_a_character_is_answered(client: Client) -> None:
    sent = {"type": "send", "client_msg_id": "m", "content": "half \ud83d end"}
    await client.tell({**sent, "model": "scripted/plain"})
    frames = await client.hear_until("end", "error")
    text = "".join(frame["content"] for frame in frames if frame["type"] == "stream")
    assert frames[-1]["type"] == "end"
    assert "half \ufffd end" in text


async def test_a_name_used_twice_is_a_conflict(client: Client) -> None:
    sent = {"type": "send", "client_msg_id": "m", "content": "一", "model": "scripted/plain"}
    await client.ask(sent)
    (error,) = await client.ask({**sent, "content": "二"})
    assert (error["code"], error["client_msg_id"], error["retryable"]) == ("conflict", "m", False)
