"""Tokens a second as a WebSocket reader sees them, against the same backend driven directly.

Physics. Decoding is bound by memory reads: every token of a 98 MB model reads all of it once,
however many slots share the batch. The way to the reader adds a bridge between threads, the
run's log, a frame every 33 ms and the database at both ends, a few milliseconds an answer; but
on a machine whose every core decodes, each microsecond of it is taken from the model, and a
decode thread that is descheduled makes the other one wait at the next barrier. So the ratio
is the cost of serving, and it falls when readers' own work shares the cores, as it does here.

Both ways answer the same prompts, greedily, with the same limit. No two prompts of a repetition
or of different ones share more than the template's first tokens, so the prefix cache helps
neither. All readers come from one address, so the share of slots that one device may hold is
lifted: with it six of eight were answered at once, and the relay looked slow for that. The ways
take turns in going first; what counts is the median of the ratios of each repetition. Seconds
run from the request to the last reader's end, prefill included.

    python3 -m bench.relay [--repetitions 7] [--tokens 128] [--readers 1 4 8 16]
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from statistics import median
from typing import NamedTuple

from bench.model import builtin_file
from bench.report import print_result, print_table, say
from bench.serving import serving
from inference import (
    ChatMessage,
    EngineConfig,
    GenerationFinished,
    GenerationRequest,
    SamplingOptions,
)
from inference.backends.base import Backend
from inference.specs.registry import open_backends
from tests.live.chat_socket import ChatSocket, chat_socket
from tests.live.live_server import LiveServer

TOPICS = ("rivers", "bridges", "bread", "clocks", "islands", "trains", "music", "winter")
TARGET = 0.95
SLOTS = 16
_PATIENCE_SECONDS = 300
"""On a machine that is busy otherwise an answer may take a minute."""


class Pair(NamedTuple):
    """One repetition: tokens a second of all readers together."""

    direct: float
    relayed: float

    @property
    def ratio(self) -> float:
        return self.relayed / self.direct


Way = Callable[[Sequence[str], int], Awaitable[float]]


def prompts(repetition: int, readers: int) -> list[str]:
    """Different from the first word on."""
    words = [f"{repetition * 31 + n * 7}{TOPICS[n % len(TOPICS)]}" for n in range(readers)]
    return [f"{word}: write a very long story about {word}." for word in words]


async def drive(backend: Backend, asked: Sequence[str], tokens: int) -> float:
    """Tokens a second of the backend alone."""
    began = time.monotonic()
    received = await asyncio.gather(*(_generate(backend, prompt, tokens) for prompt in asked))
    return sum(received) / (time.monotonic() - began)


async def relay(sockets: Sequence[ChatSocket], asked: Sequence[str], tokens: int) -> float:
    """Tokens a second of the readers of `sockets`, one prompt each."""
    pairs = list(zip(sockets, asked, strict=False))
    began = time.monotonic()
    received = await asyncio.gather(*(_ask(socket, prompt, tokens) for socket, prompt in pairs))
    return sum(received) / (time.monotonic() - began)


async def _generate(backend: Backend, prompt: str, tokens: int) -> int:
    request = GenerationRequest(
        run=prompt,
        model=backend.card.id,
        owner="bench",
        messages=(ChatMessage("user", prompt),),
        options=SamplingOptions(temperature=0, max_new_tokens=tokens),
    )
    async with aclosing(backend.generate(request)) as events:
        async for event in events:
            if isinstance(event, GenerationFinished):
                return event.usage.completion_tokens
    raise AssertionError("no end")


async def _ask(socket: ChatSocket, prompt: str, tokens: int) -> int:
    options = {"temperature": 0, "max_new_tokens": tokens}
    *_, end = await socket.answer(prompt, within=_PATIENCE_SECONDS, options=options)
    received: int = end["usage"]["completion_tokens"]
    return received


async def compare(arguments: argparse.Namespace, server: LiveServer) -> dict[int, list[Pair]]:
    config = EngineConfig(models=(str(builtin_file()),), models_dir=server.folder, slots=SLOTS)
    (backend,) = open_backends(config)
    await backend.load(lambda *_: None)
    async with AsyncExitStack() as stack:
        sockets = [
            await stack.enter_async_context(chat_socket(server.url))
            for _ in range(max(arguments.readers))
        ]
        ways: dict[str, Way] = {
            "direct": lambda asked, tokens: drive(backend, asked, tokens),
            "relayed": lambda asked, tokens: relay(sockets, asked, tokens),
        }
        await _take_turns(ways, -1, max(arguments.readers), 8)
        measured = {
            readers: [
                await _take_turns(ways, repetition, readers, arguments.tokens)
                for repetition in range(arguments.repetitions)
            ]
            for readers in arguments.readers
        }
    await backend.close()
    return measured


async def _take_turns(ways: dict[str, Way], repetition: int, readers: int, tokens: int) -> Pair:
    names = list(ways) if repetition % 2 else list(reversed(ways))
    asked = prompts(repetition + 1, readers)
    rates = {name: await ways[name](asked, tokens) for name in names}
    pair = Pair(**rates)
    say(f"{readers} readers: direct {pair.direct:.1f}, relayed {pair.relayed:.1f} tokens/s")
    return pair


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--readers", type=int, nargs="+", default=[1, 4, 8, 16])
    arguments = parser.parse_args()
    with serving(model=builtin_file(), SLOTS=SLOTS, SLOTS_PER_DEVICE=SLOTS) as server:
        measured = asyncio.run(compare(arguments, server))
    _print(measured)


def _print(measured: dict[int, list[Pair]]) -> None:
    rows = [
        (
            readers,
            median(pair.direct for pair in pairs),
            median(pair.relayed for pair in pairs),
            median(pair.ratio for pair in pairs),
            TARGET,
        )
        for readers, pairs in measured.items()
    ]
    print_table(("readers", "direct tokens/s", "relayed tokens/s", "ratio", "wanted"), rows)
    print_result(
        "relay",
        {
            f"readers_{readers}": {
                "direct": round(direct, 1),
                "relayed": round(relayed, 1),
                "ratio": round(ratio, 3),
            }
            for readers, direct, relayed, ratio, _ in rows
        },
    )


if __name__ == "__main__":
    main()
