"""A child process that violates the protocol."""

from __future__ import annotations

import asyncio
import socket

import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.llama_cpp_engine.channel import LlamaChannel
from tests.patience import PATIENCE

GARBAGE = [b"hello\n", b"[]\n", b"7\n", b"[1,2,3,4,5]\n", b"\xff\n", b"[[],null]\n"]


@pytest.mark.parametrize("generated", GARBAGE)
async def test_garbage_ends_every_completion(generated: bytes) -> None:
    ours, its = socket.socketpair()
    channel = await LlamaChannel.over(ours)
    lost = InferenceError(InferenceErrorCode.MODEL_CRASHED, "gone")

    async def ended() -> None:
        channel.close(lost)

    channel.read(ended)
    call = channel.begin({}, lambda item: None)
    with its:
        its.sendall(generated)
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(InferenceError) as raised:
                await call.ended
    assert raised.value is lost
    await channel.closed()


@pytest.mark.parametrize("generated", [*GARBAGE[:3], b""])
async def test_garbage_in_place_of_a_word_is_an_end(generated: bytes) -> None:
    ours, its = socket.socketpair()
    channel = await LlamaChannel.over(ours)
    with its:
        its.sendall(generated)
        its.shutdown(socket.SHUT_WR)
        with pytest.raises(EOFError):
            await channel.load({})
    channel.close(InferenceError(InferenceErrorCode.SHUTTING_DOWN, "closed"))
    await channel.closed()
