"""What the relay of a remote stream costs, beside the `openai` client alone.

Physics. A token of a remote model is a line of JSON of some 200 bytes. Reading it takes one
wake-up, one decoding of JSON and one event; the `openai` client makes an object of pydantic's for
every level of it besides. An upstream in a process of its own sends 30 tokens a second to each
chat, each token being the time at which it was sent; both clients run in this process, in turns,
with the same answers. Told are the CPU seconds of this process and the delay from the sending of a
token to its reader, both as ratios of the same round; what counts is the median of the rounds.

    python3 -m bench.remote_relay [--rounds 5] [--tokens 150] [--chats 1 8 64]
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from statistics import median, quantiles
from typing import NamedTuple

from openai import AsyncOpenAI

from bench.report import print_result, print_table, say
from inference import ChatMessage, GenerationRequest, SamplingOptions, TextDelta
from inference.backends.base import Backend
from inference.remote.account import Account
from inference.remote.openai_compatible import OpenAiCompatibleBackend, RemoteSettings
from inference.remote.remote_model import RemoteModel


class Cost(NamedTuple):
    """Of all chats of one round together; delays in milliseconds."""

    cpu_seconds: float
    delay_p50: float
    delay_p99: float


Read = Callable[[int], AsyncIterator[str]]


def ours(backend: Backend, tokens: int) -> AsyncIterator[str]:
    request = GenerationRequest(
        run="bench",
        model=backend.card.id,
        owner="bench",
        messages=(ChatMessage("user", "时间"),),
        options=SamplingOptions(max_new_tokens=tokens),
    )
    return _texts(backend, request)


async def _texts(backend: Backend, request: GenerationRequest) -> AsyncIterator[str]:
    async with aclosing(backend.generate(request)) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                yield event.text


async def theirs(client: AsyncOpenAI, tokens: int) -> AsyncIterator[str]:
    stream = await client.chat.completions.create(
        model="m",
        messages=[{"role": "user", "content": "时间"}],
        max_tokens=tokens,
        stream=True,
    )
    async for chunk in stream:
        if chunk.choices and (text := chunk.choices[0].delta.content):
            yield text


async def measure(read: Read, chats: int, tokens: int) -> Cost:
    """One round of one client."""
    began = time.process_time()
    received = await asyncio.gather(*(_delays(read(tokens)) for _ in range(chats)))
    spent = time.process_time() - began
    delays = sorted(delay for one in received for delay in one)
    return Cost(spent, median(delays), quantiles(delays, n=100)[98])


async def _delays(texts: AsyncIterator[str]) -> list[float]:
    return [(time.monotonic_ns() - int(text)) / 1e6 async for text in texts]


async def compare(url: str, arguments: argparse.Namespace) -> dict[int, list[tuple[Cost, Cost]]]:
    account = Account("vllm", "bench", url, lambda: "key")
    settings = RemoteSettings(slots=max(arguments.chats))
    backend = OpenAiCompatibleBackend("bench", RemoteModel(account, "m"), settings)
    client = AsyncOpenAI(api_key="key", base_url=url, max_retries=0)
    ways: dict[str, Read] = {
        "ours": lambda tokens: ours(backend, tokens),
        "theirs": lambda tokens: theirs(client, tokens),
    }
    await _take_turns(ways, 0, 2, 8)
    measured = {
        chats: [
            await _take_turns(ways, number, chats, arguments.tokens)
            for number in range(arguments.rounds)
        ]
        for chats in arguments.chats
    }
    await backend.close()
    await client.close()
    return measured


async def _take_turns(
    ways: dict[str, Read], number: int, chats: int, tokens: int
) -> tuple[Cost, Cost]:
    names = list(ways) if number % 2 else list(reversed(ways))
    measuring: dict[str, Awaitable[Cost]] = {n: measure(ways[n], chats, tokens) for n in names}
    costs = {name: await cost for name, cost in measuring.items()}
    ours_cost, theirs_cost = costs["ours"], costs["theirs"]
    say(f"{chats} chats: ours {ours_cost.cpu_seconds:.2f}, theirs {theirs_cost.cpu_seconds:.2f} s")
    return ours_cost, theirs_cost


@contextmanager
def upstream() -> Iterator[str]:
    """In a process of its own, which ends with the context."""
    command = [sys.executable, "-m", "tests.inference.remote.upstream", "--scenario", "ticking"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            yield process.stdout.readline().strip() if process.stdout else ""
        finally:
            process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tokens", type=int, default=150)
    parser.add_argument("--chats", type=int, nargs="+", default=[1, 8, 64])
    arguments = parser.parse_args()
    with upstream() as url:
        _print(asyncio.run(compare(url, arguments)), arguments.tokens)


def _print(measured: dict[int, list[tuple[Cost, Cost]]], tokens: int) -> None:
    heads = ("chats", "CPU µs/token, ours", "openai", "ratio", "delay p50, ratio", "p99, ratio")
    rows = [_row(chats, pairs, tokens) for chats, pairs in measured.items()]
    print_table(heads, rows)
    names = ("ours_us", "openai_us", "cpu_ratio", "p50_ratio", "p99_ratio")
    figures = {
        f"chats_{row[0]}": {n: round(v, 3) for n, v in zip(names, row[1:], strict=True)}
        for row in rows
    }
    print_result("remote_relay", figures)


def _row(
    chats: int, pairs: list[tuple[Cost, Cost]], tokens: int
) -> tuple[int, float, float, float, float, float]:
    per_token = 1e6 / (chats * tokens)
    return (
        chats,
        median(ours.cpu_seconds for ours, _ in pairs) * per_token,
        median(theirs.cpu_seconds for _, theirs in pairs) * per_token,
        median(ours.cpu_seconds / theirs.cpu_seconds for ours, theirs in pairs),
        median(ours.delay_p50 / theirs.delay_p50 for ours, theirs in pairs),
        median(ours.delay_p99 / theirs.delay_p99 for ours, theirs in pairs),
    )


if __name__ == "__main__":
    main()
