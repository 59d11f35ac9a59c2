"""Opening a long conversation and searching many, over HTTP against a real server.

Physics. A conversation of 2,000 messages is one read of two queries and a megabyte of JSON: the
database's rows become Python objects once and are encoded once, some 10 µs a message each, so
the time grows with the messages and not with queries. A search asks an index and reads one page
of texts, so it grows with the hits, not with what there is. The rest is Django's way through its
middleware, a few milliseconds. What is searched for are one, two and three characters, a word in
half of all messages, and one that is nowhere. Texts are drawn from 2,000 characters as unevenly
as people use them. The messages get there by the import, whose rate is reported, too.

    python3 -m bench.conversations [--messages 20000] [--repetitions 30]

With DATABASE_URL set it is PostgreSQL that is measured.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, quantiles
from urllib.parse import quote

import psutil

from bench.report import print_result, print_table, say
from bench.serving import serving

LONG = 2000
_CHARACTERS = [chr(0x4E00 + n) for n in range(2000)]
_WEIGHTS = [1 / (n + 8) for n in range(2000)]
_WORDS = ["docker", "python", "function", "memory", "model", "token", "server", "network"]
_COMMON = "模型"
QUERIES = {
    "one": "型",
    "two": _COMMON,
    "four": _CHARACTERS[0] + _CHARACTERS[2] + _CHARACTERS[1] + _CHARACTERS[0],
    "latin": "docker",
    "nowhere": "魑魅",
}


@dataclass(frozen=True, slots=True)
class Client:
    """One connection that stays open, as a browser's does."""

    connection: http.client.HTTPConnection

    def call(self, method: str, path: str, body: bytes | None = None) -> bytes:
        headers = {"Content-Type": "application/json"} if body else {}
        self.connection.request(method, f"/api/v1{path}", body, headers)
        response = self.connection.getresponse()
        content = response.read()
        if response.status != http.HTTPStatus.OK:
            raise AssertionError(f"{method} {path}: {response.status} {content[:300]!r}")
        return content

    def milliseconds(self, path: str, repetitions: int) -> list[float]:
        """Of each of the calls, after one that is not counted."""
        self.call("GET", path)
        took: list[float] = []
        for _ in range(repetitions):
            began = time.perf_counter()
            self.call("GET", path)
            took.append((time.perf_counter() - began) * 1000)
        return took


def conversations(total: int, draw: random.Random) -> Iterator[dict[str, object]]:
    """The long one first, then others of a hundred messages."""
    yield _conversation("long", LONG, draw)
    for number in range((total - LONG) // 100):
        yield _conversation(f"short-{number}", 100, draw)


def _conversation(key: str, count: int, draw: random.Random) -> dict[str, object]:
    messages = [
        {
            "id": f"{key}-{n}",
            "parent": f"{key}-{n - 1}" if n else None,
            "role": ("user", "assistant")[n % 2],
            "content": _text(draw),
        }
        for n in range(count)
    ]
    return {"id": key, "title": key, "messages": messages}


def _text(draw: random.Random) -> str:
    text = "".join(draw.choices(_CHARACTERS, _WEIGHTS, k=draw.randint(20, 400)))
    word = draw.choice((_COMMON, *_WORDS))
    return f"{text} {word} {text[:10]}"


def fill(client: Client, total: int) -> float:
    """Import so many messages; how many a second."""
    draw = random.Random(4)  # noqa: S311  # the same texts every time
    began = time.perf_counter()
    for one in conversations(total, draw):
        body = {"format": "myllm", "version": 1, "conversations": [one]}
        client.call("POST", "/import", json.dumps(body).encode())
    return total / (time.perf_counter() - began)


def measure(client: Client, repetitions: int) -> dict[str, list[float]]:
    """Milliseconds by what was asked for."""
    asked = {"open": "/conversations/long/messages", "list": "/conversations?limit=50"}
    asked |= {f"search {name}": f"/search?q={quote(word)}" for name, word in QUERIES.items()}
    return {name: client.milliseconds(path, repetitions) for name, path in asked.items()}


def opening_cpu(client: Client, pid: int, repetitions: int) -> float:
    """Milliseconds the server computes for one opening: what is left of it on a busy machine."""
    server = psutil.Process(pid)
    before = server.cpu_times()
    client.milliseconds("/conversations/long/messages", repetitions - 1)
    after = server.cpu_times()
    spent = after.user + after.system - before.user - before.system
    return round(spent / repetitions * 1000, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--repetitions", type=int, default=30)
    arguments = parser.parse_args()
    with serving() as server:
        client = Client(http.client.HTTPConnection("127.0.0.1", server.port, timeout=600))
        say(f"importing {arguments.messages} messages")
        rate = fill(client, arguments.messages)
        took = measure(client, arguments.repetitions)
        cpu = opening_cpu(client, server.pid, arguments.repetitions)
        size = len(client.call("GET", "/conversations/long/messages"))
    figures = {"imported_per_second": round(rate), "open_bytes": size, "open_cpu_ms": cpu}
    _print({"messages": arguments.messages, **figures}, took)


def _print(received: dict[str, float], took: dict[str, list[float]]) -> None:
    rows = [(name, median(of), quantiles(of, n=20)[18]) for name, of in took.items()]
    print_table(("request", "p50 (ms)", "p95 (ms)"), rows)
    figures: dict[str, object] = {
        "database": "postgresql" if os.environ.get("DATABASE_URL") else "sqlite",
        **received,
    }
    for name, middle, late in rows:
        key = name.replace(" ", "_")
        figures |= {f"{key}_p50_ms": round(middle, 1), f"{key}_p95_ms": round(late, 1)}
    print_result("conversations", figures)


if __name__ == "__main__":
    main()
