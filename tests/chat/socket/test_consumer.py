"""The socket as a client sees it, through Channels' communicator and the whole application."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from channels.testing import WebsocketCommunicator
from hypothesis import HealthCheck, given
from hypothesis import settings as examples

from chat.service import ChatService
from MyLLM.asgi import application
from tests.chat.wire.test_protocol import frames, values
from tests.overrides import Overrides
from tests.patience import PATIENCE

Frame = dict[str, Any]


class Client:
    """One socket; reads frames until the one looked for."""

    def __init__(self, locale: bytes = b"zh-CN") -> None:
        headers = [(b"accept-language", locale), (b"host", b"localhost")]
        self.socket = WebsocketCommunicator(application, "/ws/chat/", headers=headers)
        self.socket.scope["client"] = ("127.0.0.1", 5)

    async def connect(self) -> None:
        connected, _ = await self.socket.connect()
        assert connected

    async def tell(self, frame: object) -> None:
        await self.socket.send_to(text_data=json.dumps(frame))

    async def hear(self) -> Frame:
        return json.loads(await self.socket.receive_from(timeout=PATIENCE))  # type: ignore[no-any-return]

    async def hear_until(self, *types: str) -> list[Frame]:
        heard = [await self.hear()]
        while heard[-1]["type"] not in types:
            heard.append(await self.hear())
        return heard

    async def ask(self, frame: object) -> list[Frame]:
        await self.tell(frame)
        return await self.hear_until("end", "error", "pong", "hello")


@pytest_asyncio.fixture
async def client(served: ChatService) -> AsyncIterator[Client]:
    made = Client()
    await made.connect()
    yield made
    await made.socket.disconnect()


def _text(heard: list[Frame], channel: str = "answer") -> str:
    return "".join(f["content"] for f in heard if f["type"] == "stream" and f["channel"] == channel)


def _send(content: str, **more: object) -> Frame:
    return {"type": "send", "client_msg_id": content, "content": content, **more}


async def test_the_short_form_gets_start_stream_end(client: Client) -> None:
    heard = await client.ask({"message": "你好"})
    assert heard[0]["type"] == "start"
    assert heard[0]["content"] == "AI正在思考中...\n"
    assert {f["type"] for f in heard[1:-1]} == {"stream"}
    assert "你好" in _text(heard)
    assert (heard[-1]["type"], heard[-1]["status"]) == ("end", "completed")


async def test_the_short_form_remembers_its_connections_turns(client: Client) -> None:
    await client.ask({"message": "我叫小明"})
    assert "我叫小明" in _text(await client.ask({"message": "我叫什么？"}))


async def test_channels_own_communicator_needs_no_pairing(paired_service: ChatService) -> None:
    wire = WebsocketCommunicator(application, "ws/chat/")
    await wire.connect()
    await wire.send_json_to({"message": "你好"})
    heard = [await wire.receive_json_from(timeout=PATIENCE)]
    while heard[-1]["type"] not in ("end", "error"):
        heard.append(await wire.receive_json_from(timeout=PATIENCE))
    assert [heard[0]["type"], heard[1]["type"], heard[-1]["type"]] == ["start", "stream", "end"]
    await wire.disconnect()


async def test_another_connection_has_another_conversation(client: Client) -> None:
    await client.ask({"message": "我叫小明"})
    other = Client()
    await other.connect()
    assert "我叫小明" not in _text(await other.ask({"message": "我叫什么？"}))
    await other.socket.disconnect()


async def test_hello_tells_models_and_limits(client: Client) -> None:
    (hello,) = await client.ask({"type": "hello"})
    assert hello["protocol"] == 1
    assert hello["models"][0]["id"] == "scripted/plain"
    assert hello["models"][0]["default"]
    assert hello["limits"]["frame_bytes"] == 256 * 1024


async def test_another_protocol_version_is_told_to_reload(client: Client) -> None:
    (error,) = await client.ask({"type": "hello", "protocol": 99})
    assert error["code"] == "unsupported_protocol"


async def test_a_send_is_accepted_then_streamed_without_gaps(client: Client) -> None:
    accepted, *rest = await client.ask(_send("你好"))
    assert accepted["type"] == "accepted"
    assert accepted["client_msg_id"] == "你好"
    numbers = [f["seq"] for f in rest if "seq" in f]
    assert numbers == list(range(1, len(numbers) + 1))


async def test_reasoning_has_its_own_channel(client: Client) -> None:
    heard = await client.ask(_send("想", model="scripted/reasoning"))
    assert "Let me check" in _text(heard, "reasoning")
    assert "42" in _text(heard)


async def test_a_repeated_send_gets_the_same_run(client: Client) -> None:
    first = (await client.ask(_send("一")))[0]
    again = await client.ask(_send("一"))
    assert again[0] == first
    assert again[-1]["type"] == "end"


async def test_a_second_device_reads_the_same_run(client: Client) -> None:
    heard = await client.ask(_send("一"))
    other = Client()
    await other.connect()
    replay = await other.ask({"type": "attach", "run": heard[0]["run"]})
    assert replay == heard[1:]
    await other.socket.disconnect()


async def test_stop_ends_an_endless_answer(client: Client) -> None:
    await client.tell(_send("数", model="scripted/endless"))
    run = (await client.hear_until("stream"))[0]["run"]
    heard = await client.ask({"type": "stop", "run": run})
    assert heard[-1]["status"] == "cancelled"
    await client.tell({"type": "stop", "run": run})
    assert (await client.ask({"type": "ping"}))[-1]["type"] == "pong"


async def test_the_third_of_two_slots_is_told_its_place(client: Client) -> None:
    for number in "一二":
        await client.tell(_send(number, model="scripted/endless"))
        await client.hear_until("start")
    await client.tell(_send("三", model="scripted/endless"))
    queued = (await client.hear_until("queued"))[-1]
    assert (queued["position"], queued["waiting_for"]) == (1, "slot")


async def test_detach_ends_the_reading_not_the_run(client: Client) -> None:
    await client.tell(_send("数", model="scripted/endless"))
    accepted = (await client.hear_until("start"))[0]
    await client.tell({"type": "detach", "run": accepted["run"]})
    await client.tell({"type": "ping"})
    await client.hear_until("pong")
    assert await client.socket.receive_nothing()
    await client.tell({"type": "attach", "run": accepted["run"]})
    assert (await client.hear_until("start"))[-1]["seq"] == 1


async def test_an_error_in_the_middle_is_told_before_the_end(client: Client) -> None:
    heard = await client.ask(_send("错", model="scripted/error"))
    assert heard[-1]["code"] == "backend_failed"
    assert heard[-1]["run"] == heard[0]["run"]
    assert (await client.hear())["status"] == "failed"


async def test_another_device_is_told_what_changed(client: Client) -> None:
    other = Client()
    await other.connect()
    for each in (client, other):
        await each.ask({"type": "hello"})
    accepted = (await client.ask(_send("一")))[0]
    changed = (await other.hear_until("changed"))[-1]
    assert changed["conversation"] == accepted["conversation"]
    await other.socket.disconnect()


async def test_a_waiting_message_is_withdrawn(client: Client) -> None:
    await client.tell(_send("数", model="scripted/endless"))
    running = (await client.hear_until("start"))[0]
    await client.tell({"type": "detach", "run": running["run"]})
    await client.tell(_send("再", conversation=running["conversation"]))
    queued = (await client.hear_until("queued"))[-1]
    assert queued["waiting_for"] == "answer"
    await client.tell({"type": "withdraw", "run": queued["run"]})
    assert (await client.hear_until("withdrawn"))[-1]["run"] == queued["run"]
    (error,) = await client.ask({"type": "withdraw", "run": running["run"]})
    assert (error["code"], error["run"]) == ("already_begun", running["run"])


async def test_another_answer_is_accepted_and_streamed(client: Client) -> None:
    first = (await client.ask(_send("一")))[0]
    again = {"type": "regenerate", "client_msg_id": "x", "message": first["message"]}
    accepted, *rest = await client.ask(again)
    assert accepted["user_message"] == first["user_message"]
    assert rest[-1]["status"] == "completed"


async def test_an_answer_that_was_not_interrupted_is_not_resumed(client: Client) -> None:
    run = (await client.ask(_send("一")))[0]["run"]
    (error,) = await client.ask({"type": "resume", "run": run})
    assert (error["code"], error["run"]) == ("not_interrupted", run)


async def test_errors_are_in_the_clients_language(served: ChatService) -> None:
    client = Client(locale=b"en-US")
    await client.connect()
    assert (await client.ask([]))[0]["message"].startswith("A message must be")
    await client.hear_until("end")
    await client.ask({"type": "hello", "locale": "zh-CN"})
    assert (await client.ask([]))[0]["message"].startswith("消息必须")
    await client.socket.disconnect()


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"message": " "}, "empty_message"),
        (_send("一", conversation="nowhere"), "unknown_conversation"),
        (_send("一", model="nonsense"), "unknown_model"),
        ({"type": "attach", "run": "nowhere"}, "unknown_run"),
        ({"type": "stop", "run": "nowhere"}, "unknown_run"),
        ({"message": "x" * 300 * 1024}, "frame_too_large"),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_a_bad_request_is_an_error_and_the_socket_stays(
    client: Client, frame: Frame, code: str
) -> None:
    (error,) = await client.ask(frame)
    assert error["code"] == code
    assert error.get("client_msg_id") == frame.get("client_msg_id")
    assert error.get("run") == frame.get("run")
    await client.tell({"type": "ping"})
    await client.hear_until("pong")


async def test_a_cursor_from_another_run_is_refused(client: Client) -> None:
    run = (await client.ask(_send("一")))[0]["run"]
    (error,) = await client.ask({"type": "attach", "run": run, "after": 100_000})
    assert error["code"] == "bad_cursor"


async def test_a_refused_attach_leaves_the_reader_that_was_there(client: Client) -> None:
    await client.tell(_send("数", model="scripted/endless"))
    run = (await client.hear_until("stream"))[0]["run"]
    await client.tell({"type": "attach", "run": run, "after": 1 << 40})
    await client.hear_until("error")
    await client.hear_until("stream")


async def test_a_binary_frame_is_an_error(client: Client) -> None:
    await client.socket.send_to(bytes_data=b"\x00\x01")
    assert (await client.hear())["code"] == "binary_frame"


async def test_a_flood_gets_one_error_then_the_door(client: Client) -> None:
    for _ in range(3000):
        await client.tell({"type": "ping"})
    heard: list[Frame] = []
    while True:
        message = await client.socket.receive_output(timeout=PATIENCE)
        if message["type"] == "websocket.close":
            break
        heard.append(json.loads(message["text"]))
    assert message["code"] == 4008
    assert [f["code"] for f in heard if f["type"] == "error"] == ["too_many_frames"]


async def test_too_many_readers_are_refused(client: Client, conf: Overrides) -> None:
    conf.readers_per_socket = 1
    await client.tell(_send("数", model="scripted/endless"))
    await client.hear_until("start")
    heard = await client.ask(_send("二"))
    assert heard[-1]["code"] == "too_many_readers"


@examples(max_examples=60, suppress_health_check=list(HealthCheck))
@given(value=values | frames)
async def test_arbitrary_json_leaves_the_socket_alive(served: ChatService, value: object) -> None:
    client = Client()
    await client.connect()
    await client.tell(value)
    await client.tell({"type": "ping"})
    await client.hear_until("pong")
    await client.socket.disconnect()
