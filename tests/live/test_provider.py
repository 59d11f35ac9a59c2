"""A provider from its key to its answer, through the real server, which never shows the key."""

from __future__ import annotations

import asyncio
import http.client
import json
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.inference.remote.upstream import upstream
from tests.inference.remote.upstream_scenarios import delta, ending, events, refusal
from tests.live.chat_socket import chat_socket, text_of
from tests.live.live_server import LiveServer
from tests.patience import PATIENCE

KEY = "sk-4a7c1b9e0d2f43c8a5b6"
NEWER = "sk-ffffffffffffffff0001"
USAGE = {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}
THOUGHT = {"choices": [{"index": 0, "delta": {"reasoning_content": "想"}, "finish_reason": None}]}
ANSWER = events(THOUGHT, delta("你好"), delta("！"), ending(), {"choices": [], "usage": USAGE})


class Provided:
    """A server and all its responses."""

    def __init__(self, server: LiveServer) -> None:
        self.server = server
        self.answered: list[str] = []

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        text = await asyncio.to_thread(self._ask, method, path, body)
        self.answered.append(text)
        return json.loads(text) if text else None

    def _ask(self, method: str, path: str, body: object) -> str:
        calling = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        try:
            headers = {"Content-Type": "application/json", "Accept-Language": "en"}
            calling.request(method, f"/api/v1{path}", json.dumps(body), headers)
            return calling.getresponse().read().decode()
        finally:
            calling.close()

    async def chat(self, model: str) -> list[dict[str, Any]]:
        async with chat_socket(self.server.url) as socket:
            frames = await socket.answer("你好", model)
        self.answered.append(json.dumps(frames))
        return frames

    def shows(self, secret: str) -> list[str]:
        """Where the secret appears."""
        texts = {"log": self.server.log, "answers": "".join(self.answered)}
        files = [path for path in self.server.folder.rglob("*") if path.is_file()]
        kept = {str(path): path.read_bytes() for path in files}
        found = [place for place, text in texts.items() if secret in text]
        return found + [place for place, data in kept.items() if secret.encode() in data]


async def _added(provided: Provided, base_url: str) -> tuple[str, str]:
    """The ids of the account and of its model."""
    wanted = {"preset": "deepseek", "base_url": base_url, "key": KEY}
    account = (await provided.ask("POST", "/providers", wanted))["id"]
    spec = {"spec": "deepseek/deepseek-chat", "provider": account}
    return account, (await provided.ask("POST", "/models", spec))["id"]


async def test_from_a_key_to_a_marked_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reached as its proxy: an address on loopback would be this computer's own, and unmarked."""
    async with upstream(ANSWER) as deepseek:
        monkeypatch.setenv("http_proxy", deepseek.url.removesuffix("/v1"))
        deepseek.models = {"object": "list", "data": [{"id": "deepseek-chat", "object": "model"}]}
        with LiveServer(tmp_path, MODELS="scripted/plain") as server:
            provided = Provided(server)
            account, model = await _added(provided, "http://deepseek.example/v1")
            listed = await provided.ask("GET", f"/providers/{account}/models")
            assert [one["id"] for one in listed["models"]] == ["deepseek-chat"]
            frames = await provided.chat(model)
            start = next(frame for frame in frames if frame["type"] == "start")
            assert (start["provider"], start["model"]) == ("DeepSeek", model)
            assert (text_of(frames), text_of(frames, "reasoning")) == ("你好！", "想")
            assert frames[-1]["usage"]["completion_tokens"] == 4
            shown = await provided.ask("GET", "/models")
            assert {one["id"]: one["local"] for one in shown["models"]}[model] is False
            listed = await provided.ask("GET", "/conversations")
            tree = await provided.ask(
                "GET", f"/conversations/{listed['conversations'][0]['id']}/messages"
            )
            assert tree["messages"][1]["run"]["provider"] == "DeepSeek"
            assert deepseek.calls[0].headers["authorization"] == f"Bearer {KEY}"
            assert provided.shows(KEY) == []


async def test_the_key_outlives_a_restart_and_another_one_counts_at_once(tmp_path: Path) -> None:
    async with upstream(ANSWER) as deepseek:
        with LiveServer(tmp_path, MODELS="scripted/plain", TITLES="off") as server:
            provided = Provided(server)
            account, model = await _added(provided, deepseek.url)
            await asyncio.to_thread(server.stop, signal.SIGTERM)
            await asyncio.to_thread(server.start)
            assert text_of(await provided.chat(model)) == "你好！"
            changed = await provided.ask("PATCH", f"/providers/{account}", {"key": NEWER})
            assert (changed["has_key"], changed["key_from"]) == (True, "stored")
            await provided.chat(model)
            used = [call.headers["authorization"] for call in deepseek.calls]
            assert used == [f"Bearer {KEY}", f"Bearer {NEWER}"]
            await provided.ask("DELETE", f"/providers/{account}")
            shown = await provided.ask("GET", "/models")
            assert [one["id"] for one in shown["models"]] == ["scripted/plain"]
            assert provided.shows(KEY) + provided.shows(NEWER) == []


async def test_a_key_that_the_provider_quotes_in_its_refusal_is_not_shown(tmp_path: Path) -> None:
    error = {"error": {"message": f"Authentication Fails, your api key {KEY} is invalid"}}
    async with upstream(refusal(401, error)) as deepseek:
        with LiveServer(tmp_path, MODELS="scripted/plain") as server:
            provided = Provided(server)
            _, model = await _added(provided, deepseek.url)
            frames = await provided.chat(model)
            codes = [frame["code"] for frame in frames if frame["type"] == "error"]
            assert codes == ["provider_key_refused"]
            assert frames[-1]["status"] == "failed"
            assert provided.shows(KEY) == []
