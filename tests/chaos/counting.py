"""A reader of an answer that counts without end, before and after its server's death."""

from __future__ import annotations

from tests.chaos.device import ask
from tests.chaos.transcript import Transcript
from tests.live.chat_socket import chat_socket
from tests.live.live_server import LiveServer

MODEL = "scripted/endless"
COUNTED = "".join(f"{number} 个数字，还没有数完，" for number in range(1, 2000))


async def begin_counting(server: LiveServer) -> Transcript:
    """Ask for the answer."""
    message = {"client_msg_id": "count", "content": "数数", "model": MODEL}
    return Transcript((await ask(server.url, message))["run"], "a socket")


async def read_until(server: LiveServer, reader: Transcript, length: int) -> None:
    """From its cursor, until its text is longer than `length`; it is the count at every moment.

    Raises `AssertionError` for any other text.
    """
    async with chat_socket(server.url) as socket:
        await socket.send("attach", run=reader.run, after=reader.seq, epoch=reader.epoch)
        read = False
        while not read or len(reader.texts["answer"]) <= length:
            frame = await socket.receive()
            read = read or frame["type"] in ("stream", "snapshot")
            if frame.get("run") == reader.run:
                reader.take(frame)
            assert COUNTED.startswith(reader.texts["answer"]), reader
    assert reader.faults == [], reader.faults


async def read_until_saving_is(server: LiveServer, reader: Transcript, saved: bool) -> None:
    """From its cursor, until it is told whether the text is kept."""
    async with chat_socket(server.url) as socket:
        await socket.send("attach", run=reader.run, after=reader.seq, epoch=reader.epoch)
        while True:
            frame = await socket.receive()
            if frame.get("run") == reader.run:
                reader.take(frame)
            if frame["type"] == "saving" and frame["saved"] is saved:
                return
