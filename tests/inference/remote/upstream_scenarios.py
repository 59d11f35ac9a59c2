"""The scripted upstream's responses by name, one for each observed difference of providers."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import time
import zlib
from collections.abc import Iterator
from typing import Any

from tests.inference.remote.upstream import Call, Scenario

CONTEXT_TOKENS = 4096
_PIECE = 2

USAGE = {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}


def delta(text: str, **more: Any) -> dict[str, Any]:
    """A chunk with text."""
    return {"choices": [{"index": 0, "delta": {"content": text, **more}, "finish_reason": None}]}


def ending(reason: str = "stop", **more: Any) -> dict[str, Any]:
    """A chunk that ends the answer."""
    return {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}], **more}


def events(*documents: Any, done: bool = True) -> Scenario:
    """A stream of these events, one in a packet."""

    async def play(call: Call) -> None:
        await call.begin()
        for document in documents:
            await call.event(document)
        if done:
            await call.event("[DONE]")
        await call.end()

    return play


def raw(*pieces: bytes, headers: dict[str, str] | None = None) -> Scenario:
    """A stream of these bytes, each in a packet."""

    async def play(call: Call) -> None:
        await call.begin(headers)
        for piece in pieces:
            await call.send(piece)
        await call.end()

    return play


def refusal(status: int, body: Any, headers: dict[str, str] | None = None) -> Scenario:
    """An error response."""

    async def play(call: Call) -> None:
        await call.answer(status, body, headers)

    return play


async def story(call: Call) -> None:
    """A model that writes much, counts tokens, and continues its text."""
    asked = call.body
    tokens = sum(_count(message["content"]) for message in asked["messages"])
    if tokens > CONTEXT_TOKENS:
        await call.answer(400, _too_long(tokens))
        return
    last = asked["messages"][-1]
    generated = len(last["content"]) if last["role"] == "assistant" else 0
    await call.begin()
    count, reason = 0, "length"
    for text in itertools.islice(_words(generated, asked.get("stop") or []), _allowed(asked)):
        count += 1
        if text is None:
            reason = "stop"
            break
        if text:
            await call.event(delta(text))
    usage = {"prompt_tokens": tokens, "completion_tokens": count}
    await call.event(ending(reason))
    await call.event({"choices": [], "usage": usage})
    await call.event("[DONE]")
    await call.end()


async def ticking(call: Call) -> None:
    """30 tokens a second, each the time at which it was sent, in nanoseconds."""
    await call.begin()
    for _ in range(_allowed(call.body)):
        await call.event(delta(f"{time.monotonic_ns()} "))
        await asyncio.sleep(1 / 30)
    await call.event(ending("length"))
    await call.event("[DONE]")
    await call.end()


def _words(generated: int, stops: list[str]) -> Iterator[str | None]:
    """Its tokens after so many characters; None in the place of the one that completes a stop
    string, which is not reported.
    """
    text, received = "", 0
    longest = max(map(len, stops), default=1) - 1
    for token in itertools.islice(_tokens(), generated // _PIECE, None):
        text += token
        found = min((at for stop in stops if (at := text.find(stop)) >= 0), default=-1)
        if found >= 0:
            yield text[received:found]
            yield None
            return
        safe = len(text) - longest
        yield text[received:safe]
        received = max(received, safe)


def _tokens() -> Iterator[str]:
    for number in itertools.count(1):
        sentence = f"{number:04} 个句子还没有说完。"
        for at in range(0, len(sentence), _PIECE):
            yield sentence[at : at + _PIECE]


def _allowed(asked: dict[str, Any]) -> int:
    most = asked.get("max_tokens") or asked.get("max_completion_tokens")
    return 3000 if most is None else min(most, 3000)


def _count(text: str) -> int:
    return len(text) // 3 + 1


def _too_long(tokens: int) -> dict[str, Any]:
    generated = (
        f"This model's maximum context length is {CONTEXT_TOKENS} tokens. However, your messages "
        f"resulted in {tokens} tokens. Please reduce the length of the messages."
    )
    error = {
        "message": generated,
        "type": "invalid_request_error",
        "code": "context_length_exceeded",
    }
    return {"error": error}


async def silence(call: Call) -> None:
    """A word, and nothing more."""
    await call.begin()
    await call.event(delta("你好"))
    await call.pause(600)


async def cut(call: Call) -> None:
    """The connection breaks in the middle."""
    await call.begin()
    await call.event(delta("你好"))
    await call.pause(0.05)
    call.cut()


async def cut_at_once(call: Call) -> None:
    """The connection breaks before there is any response."""
    call.cut()


async def refuses_stream(call: Call) -> None:
    """A server that knows no streams."""
    if call.body.get("stream"):
        generated = "stream=true is not supported by this model"
        await call.answer(400, {"error": {"message": generated, "param": "stream"}})
        return
    await whole(call)


async def whole(call: Call) -> None:
    """One whole completion, whatever was asked."""
    message = {"role": "assistant", "content": "你好，世界", "reasoning_content": "想"}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    document = {"object": "chat.completion", "choices": choices, "usage": USAGE}
    await call.answer(200, json.dumps(document, indent=2).encode())


async def gzipped(call: Call) -> None:
    """Compressed, each event flushed by itself."""
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    await call.begin({"content-encoding": "gzip"})
    for document in (delta("你好"), delta("，世界"), ending(usage=USAGE)):
        data = packer.compress(f"data: {json.dumps(document)}\n\n".encode())
        await call.send(data + packer.flush(zlib.Z_SYNC_FLUSH))
    await call.send(packer.compress(b"data: [DONE]\n\n") + packer.flush())
    await call.end()


async def damaged_gzip(call: Call) -> None:
    """Says that it is compressed, and is not."""
    await call.answer(200, b"data: nothing\n\n", {"content-encoding": "gzip"})


def cut_anywhere() -> Scenario:
    """The events byte by byte: characters and lines are cut wherever that is possible."""
    lines = (json.dumps(delta(text), ensure_ascii=False) for text in ("你好", "，😀世界"))
    text = "".join(f"data: {line}\n\n" for line in lines)
    data = text.encode() + f"data: {json.dumps(ending())}\n\ndata: [DONE]\n\n".encode()
    return raw(*(data[at : at + 1] for at in range(len(data))))


def refuses(field: str, generated: str) -> Scenario:
    """A server that does not know a field."""

    async def play(call: Call) -> None:
        if field in call.body:
            await call.answer(400, {"error": {"message": generated, "param": field}})
            return
        await SCENARIOS["plain"](call)

    return play


SCENARIOS: dict[str, Scenario] = {
    "plain": events(delta("你好"), delta("，世界"), ending(), {"choices": [], "usage": USAGE}),
    "story": story,
    "ticking": ticking,
    "keep_alive": raw(
        b": OPENROUTER PROCESSING\n\n",
        b":\n\n\n\n",
        f"data: {json.dumps(delta('你好，世界'))}\n\n".encode(),
        b": keep-alive\n\n",
        f"data: {json.dumps(ending(usage=USAGE))}\n\ndata: [DONE]\n\n".encode(),
    ),
    "empty_choices": events(
        {"choices": [], "prompt_filter_results": []},
        {"choices": None},
        {"id": "1"},
        delta("你好，世界", role="assistant"),
        {"choices": [{"index": 0, "delta": None}]},
        {"choices": [{"index": 1, "delta": {"content": "another"}}]},
        ending(usage=USAGE),
    ),
    "usage_in_every_chunk": events(
        {**delta("你好"), "usage": {"prompt_tokens": 9, "completion_tokens": 1}},
        {**delta("，世界"), "usage": {"prompt_tokens": 9, "completion_tokens": 3}},
        ending(usage=USAGE),
        {"choices": [], "usage": None},
    ),
    "usage_in_the_choice": events(
        delta("你好，世界"),
        {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop", "usage": USAGE}]},
    ),
    "no_usage": events(delta("你好"), delta("，世界"), ending()),
    "no_done": events(delta("你好"), delta("，世界"), ending(usage=USAGE), done=False),
    "no_reason": events(delta("你好"), delta("，世界")),
    "crlf": raw(
        f"data: {json.dumps(delta('你好'))}\r\n\r\ndata: {json.dumps(delta('，世界'))}\r".encode(),
        f"\n\r\ndata:{json.dumps(ending(usage=USAGE))}\r\n\r\ndata: [DONE]\r\n\r\n".encode(),
    ),
    "no_empty_lines": raw(
        f"data: {json.dumps(delta('你好'))}\ndata: {json.dumps(delta('，世界'))}\n".encode(),
        f"event: end\nid: 7\ndata: {json.dumps(ending(usage=USAGE))}\ndata: [DONE]\n".encode(),
    ),
    "json_lines": raw(
        *(f"{json.dumps(one)}\n".encode() for one in (delta("你好"), delta("，世界"), ending()))
    ),
    "several_data_lines": raw(
        b'data: {"choices": [{"index": 0,\ndata: "delta": {"content": "' + "你好，世界".encode(),
        b'"}}]}\n\ndata: ' + json.dumps(ending(usage=USAGE)).encode() + b"\n\ndata: [DONE]\n\n",
    ),
    "garbage_lines": raw(
        b"<!-- nginx -->\nretry: 5\ndata: {broken\n\n",
        f"data: {json.dumps(delta('你好，世界'))}\n\ndata: 17\n\ndata: null\n\n".encode(),
        b"\xff\xfe\n\ndata: " + json.dumps(ending(usage=USAGE)).encode() + b"\n\ndata: [DONE]\n\n",
    ),
    "half_utf8": cut_anywhere(),
    "gzip": gzipped,
    "whole": whole,
    "refuses_stream": refuses_stream,
    "refuses_stream_options": refuses("stream_options", "Unknown field stream_options"),
    "refuses_max_tokens": refuses(
        "max_tokens", "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    ),
    "refuses_stop": refuses("stop", "Unsupported parameter: 'stop' is not supported."),
    "parts": events(
        {"choices": [{"delta": {"content": [{"type": "text", "text": "你好"}]}}]},
        {"choices": [{"delta": {"content": [{"type": "text", "text": "，世界"}, 5, {}]}}]},
        ending(usage=USAGE),
    ),
    "surrogates": raw(
        b'data: {"choices":[{"delta":{"content":"\\ud83d"}}]}\n\n',
        b'data: {"choices":[{"delta":{"content":"\\ude00\\u0000"}}]}\n\n',
        b'data: {"choices":[{"delta":{"content":"\\ud83d"}}]}\n\n',
        f"data: {json.dumps(ending())}\n\ndata: [DONE]\n\n".encode(),
    ),
    "reasoning_content": events(
        delta("", reasoning_content="想"),
        {"choices": [{"delta": {"content": None, "reasoning_content": "一想"}}]},
        {"choices": [{"delta": {"content": "好", "reasoning_content": None}}]},
        delta("了 <think> 是标签"),
        ending(usage=USAGE),
    ),
    "reasoning": events(
        delta("", reasoning="想"), delta("", reasoning="一想"), delta("好了"), ending()
    ),
    "think_tags": events(
        delta("<th"), delta("ink>\n想"), delta("一想</thi"), delta("nk>\n\n好了"), ending()
    ),
    "think_end_only": events(delta("想"), delta("一想\n</think>\n\n"), delta("好了"), ending()),
    "thinking_parts": events(
        {
            "choices": [
                {"delta": {"content": [{"type": "thinking", "thinking": [{"text": "想一想"}]}]}}
            ]
        },
        delta("好了"),
        ending(),
    ),
    "error_in_the_middle": events(
        delta("你好"), {"error": {"message": "the GPU fell off", "code": 502}}, done=False
    ),
    "error_as_text": events({"error": "the GPU fell off"}, done=False),
    "filtered": events(ending("content_filter")),
    "sensitive": events(delta("你好"), ending("sensitive")),
    "length": events(delta("你好"), ending("length", usage=USAGE)),
    "short_of_resources": events(delta("你好"), ending("insufficient_system_resource")),
    "network_error": events(delta("你好"), ending("network_error")),
    "silence": silence,
    "cut": cut,
    "cut_at_once": cut_at_once,
    "ended_early": events(delta("你好"), done=False),
    "nothing": raw(),
    "html": refusal(200, b"<html>Welcome</html>", {"content-type": "text/html"}),
    "damaged_gzip": damaged_gzip,
    "error_with_200": refusal(200, {"error": {"message": "Insufficient Balance", "code": "1113"}}),
    "compressed_error": refusal(
        401, gzip.compress(b'{"error":{"message":"bad key"}}'), {"content-encoding": "gzip"}
    ),
    "redirect": refusal(307, b"", {"location": "http://elsewhere.example/v1/chat/completions"}),
}
