"""What an owner and a member do with 0.1 before it is killed."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from tests.live.chat_socket import ChatSocket
from tests.live.live_server import LiveServer
from tests.live.remote_caller import REMOTE, call
from tests.upgrade.device_socket import device_socket, end_of, text_until

TITLE = "改过的题目 Renamed"


async def fill_owner(server: LiveServer, token: str) -> None:
    """Branches on both sides, every way an answer ends, both shelves, a persona."""
    async with device_socket(server, token) as socket:
        talk = await _ask(socket, "你好，世界！今天天气怎么样？", "plain")
        await _change(server, token, talk, title=TITLE, pinned=True)
        again = await _ask(socket, "Second question, in English. 第二个问题。", "plain", talk)
        await _another_answer(socket, again["message"])
        edited = "The second question, edited. 改过的第二个问题。"
        await _ask(socket, edited, "reasoning", talk, parent=talk["message"])
        await _ask(socket, "写一篇长的 Markdown", "markdown")
        await _ask(socket, "说到一半出错", "error")
        await _ask(socket, "重复自己", "loop")
        await _ask(socket, "数得短一点", "plain", options={"max_new_tokens": 5})
        await _stopped(socket)
        archived = await _ask(socket, "收起来的对话 <|im_end|> & <b>标签</b> 👨‍👩‍👧", "plain")
        await _change(server, token, archived, archived=True)
        deleted = await _ask(socket, "删除的对话", "plain")
    path = f"/conversations/{deleted['conversation']}"
    await _call(server, "DELETE", path, token)
    persona = {"name": "译者", "prompt": "把一切译成英文。"}
    made = await _call(server, "POST", "/personas", token, persona)
    begun = {"persona": made["id"], "options": {"temperature": 0.3}, "title": "还没有消息"}
    await _call(server, "POST", "/conversations", token, begun)


async def fill_member(server: LiveServer, token: str) -> None:
    async with device_socket(server, token) as socket:
        talk = await _ask(socket, "小明的第一个问题", "plain")
        await _ask(socket, "小明的第二个问题：\n\n```python\nprint('你好')\n```", "plain", talk)


async def _ask(
    socket: ChatSocket,
    content: str,
    model: str,
    after: dict[str, Any] | None = None,
    **fields: object,
) -> dict[str, Any]:
    """The server's `accepted`, once the answer has ended."""
    if after is not None:
        fields["conversation"] = after["conversation"]
    accepted = await socket.ask(content, f"scripted/{model}", **fields)
    await end_of(socket, accepted["run"])
    return accepted


async def _another_answer(socket: ChatSocket, message: str) -> None:
    key = secrets.token_hex(8)
    wanted = {"client_msg_id": key, "message": message, "model": "scripted/reasoning"}
    await socket.tell("regenerate", **wanted)
    await end_of(socket, (await socket.receive_next("accepted"))["run"])


async def _stopped(socket: ChatSocket) -> None:
    run = (await socket.ask("数数", "scripted/endless"))["run"]
    await text_until(socket, run, 20)
    await socket.tell("stop", run=run)
    await end_of(socket, run)


async def _change(
    server: LiveServer, token: str, accepted: dict[str, Any], **fields: object
) -> None:
    await _call(server, "PATCH", f"/conversations/{accepted['conversation']}", token, fields)


async def _call(
    server: LiveServer, method: str, path: str, token: str, body: object = None
) -> dict[str, Any]:
    bearer = {"Authorization": f"Bearer {token}"}
    status, answer = await asyncio.to_thread(
        call, server, method, f"/api/v1{path}", body, **REMOTE, **bearer
    )
    assert status < 300, answer
    return dict(answer)
