"""How long the event loop stands still while a model is loaded and freed beside running answers.

Physics. xllamacpp holds the interpreter lock while it loads: it reads the weights once, lays some
of them out anew and clears the KV cache, so in the server's own process everything stands still for
a time that grows with the file. A child process has a lock of its own; the loop then waits for a
core at most, which all processes share. The same loop loads the same files in turns in this
process, in a child, and not at all, while another model answers. A large file is a small one with
its layers many times over. The duration of the loading is reported too, with the file in the
system's cache; `--cold` asks the system to forget it first, and loads in a child with and without
reading the file before.

    python3 -m bench.loading [--layers 260] [--repetitions 5] [--answers 2] [--cold]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.grown_model import grow
from bench.model import builtin_file
from bench.relay import drive
from bench.report import print_result, print_table, say
from inference import EngineConfig
from inference.backends.base import Backend
from inference.catalog.builtin import QWEN
from inference.llama_cpp_engine import child as llama_child
from inference.llama_cpp_engine.read_ahead import read_ahead
from inference.llama_cpp_engine.server import LlamaServer, ServerSize
from inference.specs.registry import open_backends
from tests.builtin_models import model_file

_TICK_SECONDS = 0.01
_SIZE = ServerSize(slots=8, kv_tokens=1024, threads=0, prompt_cache_mib=32)
_HEADS = ("file MB", "loaded", "stands still s", "loaded after s", "freed after s")


class Load(NamedTuple):
    """Seconds: the loop's longest pause, and how long loading and freeing took."""

    pause: float
    loading: float
    freeing: float


Way = Callable[[Path], Awaitable[tuple[float, float]]]


async def in_this_process(file: Path) -> tuple[float, float]:
    parameters = {"model.path": str(file), "n_parallel": 8, "n_ctx": 1024, "kv_unified": True}
    parameters |= {"fit_params": False, "warmup": False, "ui": False, "endpoint_metrics": True}
    parameters |= {"n_batch": 256, "n_ubatch": 256, "use_jinja": True, "verbosity": 0}
    began = time.monotonic()
    held = [await asyncio.to_thread(llama_child.load, parameters)]
    loaded = time.monotonic()
    await asyncio.to_thread(held.clear)
    return loaded - began, time.monotonic() - loaded


async def in_a_child(file: Path, reads: bool = False) -> tuple[float, float]:
    began = time.monotonic()
    server = await LlamaServer.start()
    if reads:
        await asyncio.to_thread(read_ahead, file, lambda _: None, lambda: False)
    await server.load(file, _SIZE)
    loaded = time.monotonic()
    await server.close()
    return loaded - began, time.monotonic() - loaded


async def not_at_all(file: Path) -> tuple[float, float]:
    await asyncio.sleep(2)
    return 2.0, 0.0


async def _read_and_in_a_child(file: Path) -> tuple[float, float]:
    return await in_a_child(file, reads=True)


WARM: dict[str, Way] = {
    "not at all": not_at_all,
    "in this process": in_this_process,
    "in a child": in_a_child,
}
COLD: dict[str, Way] = {
    "in a child": in_a_child,
    "in a child, read before": _read_and_in_a_child,
}


async def watched(way: Way, file: Path) -> Load:
    """One load beside whatever runs on this loop."""
    pauses: list[float] = []
    watching = asyncio.create_task(_watch(pauses))
    await asyncio.sleep(0.1)
    loading, freeing = await way(file)
    await asyncio.sleep(2 * _TICK_SECONDS)
    watching.cancel()
    return Load(max(pauses), loading, freeing)


async def _watch(pauses: list[float]) -> None:
    while True:
        began = time.monotonic()
        await asyncio.sleep(_TICK_SECONDS)
        pauses.append(time.monotonic() - began - _TICK_SECONDS)


async def _answer(backend: Backend, number: int) -> None:
    while True:
        await drive(backend, [f"{number}: tell me a very long story."], 400)


def forget(file: Path) -> None:
    """Ask the system to drop the file from its cache; whether it does is its own affair."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


async def compare(
    files: list[Path], arguments: argparse.Namespace
) -> dict[tuple[int, str], list[Load]]:
    """Each way of loading each file, in turns, beside the answers of one more model."""
    config = EngineConfig(models=(str(builtin_file()),), models_dir=files[0].parent)
    (backend,) = open_backends(config)
    await backend.load(lambda *_: None)
    answers = [asyncio.create_task(_answer(backend, n)) for n in range(arguments.answers)]
    found: dict[tuple[int, str], list[Load]] = {}
    for turn in range(arguments.repetitions):
        for file in files:
            for name, way in (COLD if arguments.cold else WARM).items():
                if arguments.cold:
                    forget(file)
                load = await watched(way, file)
                found.setdefault((file.stat().st_size // 10**6, name), []).append(load)
                say(f"{turn + 1}, {file.name}, {name}: {load.pause:.3f} s, {load.loading:.2f} s")
    for answer in answers:
        answer.cancel()
    await asyncio.wait(answers)
    await backend.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", type=int, default=260)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--answers", type=int, default=2)
    parser.add_argument("--cold", action="store_true")
    arguments = parser.parse_args()
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")  # as the child has it
    qwen = model_file(QWEN)
    with tempfile.TemporaryDirectory() as folder:
        grown = grow(qwen, arguments.layers, Path(folder) / "grown.gguf")
        files = [grown] if arguments.cold else [builtin_file(), qwen, grown]
        found = asyncio.run(compare(files, arguments))
    rows = {
        key: [median(column) for column in zip(*loads, strict=True)] for key, loads in found.items()
    }
    print_table(_HEADS, [(*key, *row) for key, row in rows.items()])
    figures = {
        f"{size} MB {name}": [round(v, 3) for v in row] for (size, name), row in rows.items()
    }
    worst = {
        f"{size} MB {name}": round(max(load.pause for load in loads), 3)
        for (size, name), loads in found.items()
    }
    print_result("loading", {**figures, "longest": worst})


if __name__ == "__main__":
    main()
