"""A tiny model of `transformers serve`, asked as any server by its address."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from inference.config import EngineConfig
from inference.remote.openai_compatible import OpenAiCompatibleBackend
from inference.specs.registry import open_spec
from tests.inference.backends.contract import ignore, request, text_of
from tests.inference.remote.models import end, received

_START_SECONDS = 120


@pytest.fixture(scope="module")
def server(qwen3_folder: Path) -> Iterator[tuple[str, str]]:
    """Its address, and the model's name: the folder's path."""
    for package in ("fastapi", "uvicorn"):
        pytest.importorskip(package, reason="transformers serve needs its extra `serving`")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "transformers.cli.transformers", "serve", str(qwen3_folder)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    with subprocess.Popen(command) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/health", process)
            yield f"http://127.0.0.1:{port}/v1", str(qwen3_folder)
        finally:
            process.terminate()


async def test_it_answers_and_its_tokens_are_counted(server: tuple[str, str]) -> None:
    address, name = server
    (backend,) = open_spec(f"{address}#{name}", EngineConfig(("builtin",), Path("models")))
    assert isinstance(backend, OpenAiCompatibleBackend)
    await backend.load(ignore)
    events = await received(backend, max_new_tokens=8, temperature=0.0)
    assert text_of(events)
    assert end(events).usage.completion_tokens == 8
    assert end(events).usage.prompt_tokens > 5
    await backend.close()


async def test_closing_leaves_it_ready_for_the_next(server: tuple[str, str]) -> None:
    address, name = server
    (backend,) = open_spec(f"{address}#{name}", EngineConfig(("builtin",), Path("models")))
    for _ in range(2):
        events = backend.generate(request("Tell a long story.", max_new_tokens=400))
        await anext(events)
        await events.aclose()
    assert end(await received(backend, max_new_tokens=2))
    await backend.close()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url, timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("transformers serve did not start")
