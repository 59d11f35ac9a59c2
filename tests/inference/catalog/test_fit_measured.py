"""The estimate, held against the memory that llama.cpp takes on this computer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from inference.catalog.builtin import QWEN, SMOLLM2
from inference.catalog.entry import CatalogEntry
from inference.catalog.gguf import read_header
from inference.config import EngineConfig
from inference.llama_cpp_engine.gguf_memory import header_memory
from tests.builtin_models import model_file

LOADED = """
import asyncio, psutil, sys
from pathlib import Path
from inference.config import EngineConfig
from inference.specs.registry import open_spec
from inference.types import ChatMessage, GenerationRequest, SamplingOptions

async def main():
    config = EngineConfig((), Path("nowhere"), kv_tokens=int(sys.argv[2]))
    (backend,) = open_spec(sys.argv[1], config)
    await backend.load(lambda *told: None)
    options = SamplingOptions(max_new_tokens=8)
    asked = (ChatMessage("user", "hello " * 400),)
    async for _ in backend.generate(GenerationRequest("r", "m", "o", asked, options)):
        pass
    own = psutil.Process()
    print(sum(each.memory_info().rss for each in (own, *own.children(recursive=True))))
    await backend.close()

asyncio.run(main())
"""


@pytest.mark.model
@pytest.mark.parametrize("kv_tokens", [4096, 0])
@pytest.mark.parametrize("entry", [SMOLLM2, QWEN], ids=lambda entry: entry.id)
def test_the_estimate_is_within_a_quarter(entry: CatalogEntry, kv_tokens: int) -> None:
    file = model_file(entry)
    config = EngineConfig((), Path("nowhere"), kv_tokens=kv_tokens)
    estimate = header_memory(read_header(file), file.stat().st_size, config)
    received = subprocess.run(
        [sys.executable, "-c", LOADED, str(file), str(kv_tokens)],
        capture_output=True,
        check=True,
        text=True,
    )
    assert estimate == pytest.approx(int(received.stdout.split()[-1]), rel=0.25)
