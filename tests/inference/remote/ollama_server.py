"""A scripted Ollama on loopback: its API as its own package speaks to it, and its faults.

As in https://github.com/ollama/ollama/blob/main/docs/api.md: errors before the first chunk are an
HTTP status, later ones a line.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from tests.patience import PATIENCE

Json = dict[str, Any]

LLAMA = "{{ if .Prompt }}USER: {{ .Prompt }}{{ end }}ASSISTANT: {{ .Response }}</s>"
STORY = "".join(f"Chapter {number}: and then, " for number in range(2000))
PIECE = 4
"""Characters of a token."""


def count(messages: list[Json]) -> int:
    """Tokens of a prompt."""
    return sum(len(message.get("content", "")) // 3 + 4 for message in messages)


def shown(context: int = 32768, **changed: Any) -> Json:
    """The response of `POST /api/show` for a model that only chats."""
    info = {
        "general.architecture": "llama",
        "general.parameter_count": 8_000_000_000,
        "llama.context_length": context,
    }
    return {
        "modelfile": "FROM /blobs/sha256-0",
        "template": LLAMA,
        "details": {"family": "llama", "quantization_level": "Q4_K_M"},
        "model_info": info,
        "capabilities": ["completion"],
    } | changed


class OllamaServer:
    """`scenario` is how the next chats go: `talk` or a fault. `pulls` names one of `_PULLS`.

    `passed_on` are run elsewhere. `asked` has every request's path and body, `let_go` ends a
    silence, `open` counts the chats and pulls under way.
    """

    def __init__(self) -> None:
        self.url = ""
        self.scenario = "talk"
        self.pulls = "whole"
        self.models: dict[str, Json] = {"llama3": shown()}
        self.loaded: set[str] = set()
        self.passed_on: set[str] = set()
        self.asked: list[tuple[str, Json]] = []
        self.let_go = asyncio.Event()
        self.open = 0
        self._moved = asyncio.Event()

    def bodies(self, path: str) -> list[Json]:
        """Of the requests to this path."""
        return [body for asked, body in self.asked if asked == path]

    async def until(self, check: Callable[[], bool]) -> None:
        """Returns once it holds, which is looked at after every request's begin and end."""
        async with asyncio.timeout(PATIENCE):
            while not check():
                self._moved.clear()
                await self._moved.wait()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request; it ends when the caller is gone, as Ollama's do."""
        try:
            path, body = await _request(reader)
            self.asked.append((path, body))
            answering = asyncio.ensure_future(self._answer(path, body, writer))
            gone = asyncio.ensure_future(reader.read(1))
            self._count(1)
            await asyncio.wait({answering, gone}, return_when=asyncio.FIRST_COMPLETED)
            for task in (answering, gone):
                task.cancel()
            await asyncio.gather(answering, gone, return_exceptions=True)
            self._count(-1)
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def _tag(self, name: str) -> Json:
        elsewhere = {"remote_host": "https://ollama.com:443"} if name in self.passed_on else {}
        return {"model": f"{name}:latest"} | elsewhere

    def _count(self, more: int) -> None:
        self.open += more
        self._moved.set()

    async def _answer(self, path: str, body: Json, writer: asyncio.StreamWriter) -> None:
        lists: dict[str, Json] = {
            "/api/tags": {"models": [self._tag(name) for name in self.models]},
            "/api/ps": {"models": [{"model": f"{name}:latest"} for name in self.loaded]},
            "/api/version": {"version": "0.99.0"},
        }
        if path in lists:
            await _json(writer, lists[path])
        elif path == "/api/pull":
            await self._pull(body, writer)
        elif body["model"] not in self.models:
            await _json(writer, {"error": f"model '{body['model']}' not found"}, 404)
        elif path == "/api/show":
            await _json(writer, self.models[body["model"]])
        else:
            await (_chat(self, body, writer) if body.get("messages") else self._load(body, writer))

    async def _load(self, body: Json, writer: asyncio.StreamWriter) -> None:
        if self.scenario == "no_memory":
            await _json(writer, {"error": "model requires more system memory"}, 500)
            return
        frees = body.get("keep_alive") == 0
        (self.loaded.discard if frees else self.loaded.add)(body["model"])
        reason = "unload" if frees else "load"
        message = {"role": "assistant", "content": ""}
        await _json(writer, {"message": message, "done": True, "done_reason": reason})

    async def _pull(self, body: Json, writer: asyncio.StreamWriter) -> None:
        await _begin(writer)
        await _line(writer, {"status": "pulling manifest"})
        if self.pulls == "unknown":
            await _line(writer, {"error": "pull model manifest: file does not exist"})
            return await _end(writer)
        for part, total in (("sha256:a", 3000), ("sha256:b", 1000)):
            for done in range(0, total + 1, 500):
                step = {"status": "pulling", "digest": part, "total": total, "completed": done}
                await _line(writer, step)
                if self.pulls == "cut" and done == 1000:
                    raise ConnectionResetError
                if self.pulls == "slow" and done == 1000:
                    await self.let_go.wait()
        self.models[body["model"]] = shown()
        await _line(writer, {"status": "success"})
        return await _end(writer)


async def _chat(server: OllamaServer, body: Json, writer: asyncio.StreamWriter) -> None:
    scenario = server.scenario
    if scenario in _REFUSALS:
        status, words = _REFUSALS[scenario]
        await _json(writer, {"error": words}, status)
        return
    if scenario == "silence":
        await server.let_go.wait()
    await _begin(writer)
    async for line in _SCENARIOS.get(scenario, _talk)(server, body):
        await _raw(writer, line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n")
    await _end(writer)


_REFUSALS = {
    "no_memory": (500, "llama-server process has terminated: out of memory"),
    "busy": (503, "server busy, please try again. maximum pending requests exceeded"),
    "bad_request": (400, "invalid options: top_k"),
    "embedding_only": (400, '"llama3" does not support chat'),
    "signed_out": (401, "unauthorized"),
    "limited": (429, "you have reached your hourly usage limit"),
}


def _chunk(content: str, **more: Any) -> Json:
    return {
        "model": "m",
        "message": {"role": "assistant", "content": content},
        "done": False,
    } | more


def _last(body: Json, tokens: int, reason: str = "stop") -> Json:
    counts = {"prompt_eval_count": count(body["messages"]), "eval_count": tokens}
    return _chunk("", done=True, done_reason=reason, **counts)


async def _talk(server: OllamaServer, body: Json) -> AsyncGenerator[Json | bytes, None]:
    """A story without end, continued after the last message if that is its beginning."""
    last = body["messages"][-1]
    received = len(last["content"]) if last["role"] == "assistant" else 0
    options = body["options"]
    text = STORY[received : received + PIECE * options["num_predict"]]
    ends = [at for stop in options.get("stop", ()) if (at := text.find(stop)) >= 0]
    text = text[: min(ends)] if ends else text
    pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    for number, piece in enumerate(pieces):
        yield _chunk(piece)
        if server.scenario == "error_line" and number == 2:
            server.scenario = "talk"
            yield {"error": "an error was encountered while running the model: CUDA error"}
            return
        if server.scenario in ("cut", "hang") and number == 2:
            if server.scenario == "cut":
                raise ConnectionResetError
            await server.let_go.wait()
        await asyncio.sleep(0)
    yield _last(body, len(pieces), "stop" if ends else "length")


async def _thinking(server: OllamaServer, body: Json) -> AsyncGenerator[Json | bytes, None]:
    for word in ("I ", "think."):
        yield {"message": {"role": "assistant", "content": "", "thinking": word}, "done": False}
    yield _chunk("Yes.")
    yield _last(body, 3)


async def _tags(server: OllamaServer, body: Json) -> AsyncGenerator[Json | bytes, None]:
    for piece in ("<th", "ink>\nI think.\n</thi", "nk>\n\nYes."):
        yield _chunk(piece)
    yield _last(body, 3)


async def _half_utf8(server: OllamaServer, body: Json) -> AsyncGenerator[Json | bytes, None]:
    """A character cut between two packets, and one between two chunks' escapes."""
    line = json.dumps(_chunk("你好"), ensure_ascii=False).encode() + b"\n"
    at = line.index("好".encode()) + 1
    yield line[:at]
    yield line[at:]
    yield b'{"message": {"role": "assistant", "content": "\\ud83d"}, "done": false}\n'
    yield b'{"message": {"role": "assistant", "content": "\\ude00"}, "done": false}\n'
    yield _last(body, 4)


async def _garbage(server: OllamaServer, body: Json) -> AsyncGenerator[Json | bytes, None]:
    yield _chunk("Once")
    yield b"<html>login</html>\n"


async def _no_end(server: OllamaServer, body: Json) -> AsyncGenerator[Json | bytes, None]:
    yield _chunk("Once")


_SCENARIOS: dict[str, Callable[[OllamaServer, Json], AsyncGenerator[Json | bytes, None]]] = {
    "thinking": _thinking,
    "tags": _tags,
    "half_utf8": _half_utf8,
    "garbage": _garbage,
    "no_end": _no_end,
}


async def _request(reader: asyncio.StreamReader) -> tuple[str, Json]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return head[0].split(" ")[1], json.loads(body or b"{}")


async def _json(writer: asyncio.StreamWriter, body: Json, status: int = 200) -> None:
    text = json.dumps(body).encode()
    length = f"Content-Length: {len(text)}\r\nConnection: close\r\n\r\n"
    head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{length}"
    writer.write(head.encode() + text)
    await writer.drain()


async def _begin(writer: asyncio.StreamWriter) -> None:
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n"
        b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    )


async def _raw(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    await writer.drain()


async def _line(writer: asyncio.StreamWriter, body: Json) -> None:
    await _raw(writer, json.dumps(body).encode() + b"\n")


async def _end(writer: asyncio.StreamWriter) -> None:
    writer.write(b"0\r\n\r\n")
    await writer.drain()


@asynccontextmanager
async def ollama_server() -> AsyncIterator[OllamaServer]:
    """One on a free port."""
    made = OllamaServer()
    connections: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(asyncio.ensure_future(made.handle(reader, writer)))

    listening = await asyncio.start_server(connected, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        listening.close()
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
