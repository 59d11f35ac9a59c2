"""How long the server stands still while a large GGUF file is loaded from the disk.

Physics. xllamacpp holds the interpreter lock while it loads, and the event loop waits. The time
is that of clearing the KV cache and of a first pass over the weights, which are mapped and come
from the disk as they are touched. Only the disk's part can be had elsewhere, by reading the file
beforehand without the lock: the gain is the file's size by the disk's speed. The same file is
loaded in turns with and without, each time after the system was asked to forget it. A small one is
made large by repeating its layers; its KV cache is held small, as it would be beside such weights.

    python3 -m bench.loading [--layers 300] [--repetitions 5]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from unittest.mock import patch

from bench.grown_model import grow
from bench.model import builtin_file
from bench.report import print_result, print_table, say
from inference import EngineConfig
from inference.backends import llama_cpp
from inference.backends.read_ahead import read_ahead
from inference.specs.registry import open_backends

_TICK_SECONDS = 0.01
_KV_TOKENS = 1024
Reads = Callable[..., None]
VARIANTS: dict[str, Reads] = {"as it is": lambda *_: None, "read ahead": read_ahead}


async def still(file: Path) -> tuple[float, float]:
    """The longest pause of the loop while `file` is loaded, and the whole of loading; seconds."""
    config = EngineConfig(models=(str(file),), models_dir=file.parent, kv_tokens=_KV_TOKENS)
    (backend,) = open_backends(config)
    pauses: list[float] = []
    watching = asyncio.create_task(_watch(pauses))
    await asyncio.sleep(0)
    began = time.monotonic()
    await backend.load(lambda *_: None)
    took = time.monotonic() - began
    await asyncio.sleep(2 * _TICK_SECONDS)
    watching.cancel()
    await backend.close()
    return max(pauses), took


async def _watch(pauses: list[float]) -> None:
    while True:
        began = time.monotonic()
        await asyncio.sleep(_TICK_SECONDS)
        pauses.append(time.monotonic() - began)


def forget(file: Path) -> None:
    """Ask the system to drop the file from its cache; whether it does is its own affair."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def measure(file: Path, reads: Reads) -> tuple[float, float]:
    forget(file)
    with patch.object(llama_cpp, "read_ahead", reads):
        return asyncio.run(still(file))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", type=int, default=300)
    parser.add_argument("--repetitions", type=int, default=5)
    arguments = parser.parse_args()
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in VARIANTS}
    with tempfile.TemporaryDirectory() as folder:
        file = grow(builtin_file(), arguments.layers, Path(folder) / "grown.gguf")
        say(f"a file of {file.stat().st_size / 1e9:.2f} GB")
        asyncio.run(still(file))  # the library is imported once
        for turn in range(arguments.repetitions):
            for name, reads in VARIANTS.items():
                found[name].append(measure(file, reads))
                say(f"{turn + 1}, {name}: {found[name][-1][0]:.2f} s")
    _print(found)


def _print(found: dict[str, list[tuple[float, float]]]) -> None:
    columns = {
        name: [median(column) for column in zip(*rows, strict=True)] for name, rows in found.items()
    }
    print_table(
        ("variant", "stands still s", "loaded after s"),
        [(name, *row) for name, row in columns.items()],
    )
    pairs = zip(*found.values(), strict=True)
    ratio = median(ahead[0] / plain[0] for plain, ahead in pairs)
    print_result("loading", {**columns, "ratio": round(ratio, 2)})


if __name__ == "__main__":
    main()
