"""What the built-in models take of memory, before and after the caches were sized to the model.

Physics. Weights are mapped and count once. The KV cache is allocated at once: tokens times what one
takes (SmolLM2 23 KB, Qwen2.5-0.5B 12 KB), so a cache longer than a model's context is memory for
nothing. The prompt cache grows with every conversation that loses its slot, up to its limit. Speed
depends on neither: decoding reads the weights and the tokens that are there.

Each variant runs in a process of its own, the variants in turns: its RSS once loaded, after 300
short requests of 300 conversations with every thirtieth a long one, and tokens/s of one chat and
of eight at once.

    python3 -m bench.builtin_memory [--requests 300] [--rounds 3]
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.model import builtin_file
from bench.report import print_result, print_table, say
from inference.catalog import gguf
from inference.catalog.builtin import QWEN, SMOLLM2
from inference.catalog.entry import CatalogEntry
from inference.llama_cpp_engine.server import LlamaServer, ServerSize
from inference.llama_cpp_engine.size import SizeSettings, server_size
from tests.builtin_models import model_file

SLOTS = 8
BEFORE = ServerSize(SLOTS, kv_tokens=16_384, threads=0, prompt_cache_mib=512)
_SHORT = "Tell me about number {}."
_LONG = "Number {}. " + "The quick brown fox jumps over the lazy dog. " * 120
_SPEED_TOKENS = 128
_HEADS = ("model", "sizes", "loaded MB", "after MB", "1 chat t/s", "8 chats t/s")


def after(file: Path) -> ServerSize:
    """As the product sizes it."""
    context = gguf.read_header(file).context_tokens
    return server_size(SizeSettings(SLOTS), context, file.stat().st_size)


async def measure(file: Path, size: ServerSize, requests: int) -> dict[str, float]:
    """One variant, from a fresh process."""
    server = await LlamaServer.start()
    await server.load(file, size)
    await complete(server, _SHORT.format(0), 8)
    figures = {"loaded": resident(server)}
    figures["one"] = await rate(server, 1)
    figures["eight"] = await rate(server, SLOTS)
    for number in range(requests):
        await complete(server, (_SHORT if number % 30 else _LONG).format(number), 8)
    figures["after"] = resident(server)
    await server.close()
    return figures


async def complete(server: LlamaServer, question: str, tokens: int) -> int:
    """How many pieces of text came."""
    pieces = 0

    def listen(item: dict[str, Any]) -> None:
        nonlocal pieces
        choices = item.get("choices") or ()
        pieces += sum(bool(choice.get("delta", {}).get("content")) for choice in choices)

    message = {"role": "user", "content": question}
    wanted = {"messages": [message], "stream": True, "max_tokens": tokens, "ignore_eos": True}
    await server.begin(wanted, listen).ended
    return pieces


async def rate(server: LlamaServer, chats: int) -> float:
    """Tokens a second of so many chats at once, all of them together."""
    asked = [complete(server, _SHORT.format(n), _SPEED_TOKENS) for n in range(chats)]
    began = time.monotonic()
    counts = await asyncio.gather(*asked)
    return sum(counts) / (time.monotonic() - began)


def resident(server: LlamaServer) -> float:
    return (server.process.memory or 0) / 1e6


def variants() -> Iterator[tuple[CatalogEntry, str]]:
    for entry in (SMOLLM2, QWEN):
        yield entry, "before"
        yield entry, "after"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    builtin_file()
    found: dict[tuple[str, str], list[dict[str, float]]] = {}
    for number in range(wanted.rounds):
        for entry, sizes in variants():
            say(f"round {number + 1}: {entry.name}, {sizes}")
            file = model_file(entry)
            size = BEFORE if sizes == "before" else after(file)
            run = asyncio.run(measure(file, size, wanted.requests))
            found.setdefault((entry.name, sizes), []).append(run)
    medians = {
        key: {name: round(median(run[name] for run in runs), 1) for name in runs[0]}
        for key, runs in found.items()
    }
    order = ("loaded", "after", "one", "eight")
    print_table(_HEADS, [(*key, *(row[name] for name in order)) for key, row in medians.items()])
    print_result("builtin_memory", {" ".join(key): row for key, row in medians.items()})


if __name__ == "__main__":
    main()
