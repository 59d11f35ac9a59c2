"""What 0.1 was writing, and what waited, when it was killed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from tests.live.chat_socket import Frame
from tests.live.live_server import LiveServer
from tests.upgrade.device_socket import device_socket
from tests.upgrade.listing import answer
from tests.upgrade.old_data import Unfinished

QUESTION = "一篇写不完的长回答"
_LONG = "scripted/markdown"


async def kill_in_the_middle(server: LiveServer, tokens: Mapping[str, str]) -> list[Unfinished]:
    """Kill the server while one answer is being written of which a part is saved, one waits for
    the model's only slot, and two wait for the answers before them.
    """
    asked: list[tuple[str, Frame]] = []
    async with (
        device_socket(server, tokens["owner"]) as phone,
        device_socket(server, tokens["member"]) as tablet,
    ):
        for name, socket in (("owner", phone), ("member", tablet)):
            first = await socket.ask(QUESTION, _LONG)
            place = {"conversation": first["conversation"]}
            second = await socket.ask("接着问：还在吗？ Still there?", "scripted/plain", **place)
            asked += [(name, first), (name, second)]
        await _partly_saved(server, tokens["owner"], asked[0][1])
        unfinished = [_listed(server, name, tokens[name], accepted) for name, accepted in asked]
        server.kill()
    return unfinished


async def _partly_saved(server: LiveServer, token: str, accepted: Frame) -> None:
    """Raises `AssertionError` where the answer ends before a part of it is saved."""
    content = ""
    while not content:
        message = await asyncio.to_thread(answer, server, accepted, token)
        assert message["run"]["status"] == "running", message
        content = message["content"]


def _listed(server: LiveServer, name: str, token: str, accepted: Frame) -> Unfinished:
    message = answer(server, accepted, token)
    return Unfinished(
        device=name,
        run=accepted["run"],
        conversation=accepted["conversation"],
        message=accepted["message"],
        status=message["run"]["status"],
        content=message["content"],
    )
