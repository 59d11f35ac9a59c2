"""Each reason of a failed load has its own error, however the process ended."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from inference.errors import InferenceError, InferenceErrorCode
from inference.llama_cpp_engine.failure import not_loaded
from inference.llama_cpp_engine.server import LlamaServer, ServerSize

SIZE = ServerSize(slots=2, kv_tokens=512, threads=2, prompt_cache_mib=32)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[LlamaServer]:
    made = await LlamaServer.start()
    yield made
    assert await made.close()
    assert not made._folder.exists()


async def _failure(server: LlamaServer, path: Path) -> InferenceError:
    with pytest.raises(InferenceError) as raised:
        await server.load(path, SIZE)
    return raised.value


async def test_llama_cpps_own_message_is_reported(server: LlamaServer, tmp_path: Path) -> None:
    error = await _failure(server, tmp_path / "nothing.gguf")
    assert error.code is InferenceErrorCode.MODEL_LOAD_FAILED
    assert "failed to load model" in error.message
    assert len(error.message) < 10_000


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("SIGKILL", InferenceErrorCode.OUT_OF_MEMORY),
        ("SIGSEGV", InferenceErrorCode.MODEL_LOAD_FAILED),
    ],
)
async def test_a_process_that_ends_while_it_loads_is_explained(
    server: LlamaServer, tmp_path: Path, by: str, code: InferenceErrorCode
) -> None:
    os.kill(server.process.pid, signal.Signals[by])
    error = await _failure(server, tmp_path / "nothing.gguf")
    assert error.code is code
    assert by in error.message


@pytest.mark.parametrize(
    ("generated", "package"),
    [
        ("libgomp.so.1: cannot open shared object file", "libgomp1"),
        ("No module named 'xllamacpp'", "xllamacpp"),
    ],
)
async def test_what_is_not_installed_is_named(
    tmp_path: Path, generated: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xllamacpp.py").write_text(f"raise ImportError({generated!r})\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    server = await LlamaServer.start()
    error = await _failure(server, tmp_path / "nothing.gguf")
    assert error.code is InferenceErrorCode.BACKEND_NOT_INSTALLED
    assert error.detail["package"] == package
    await server.close()


@pytest.mark.parametrize(
    ("word", "text", "log", "code"),
    [
        ("MemoryError", "std::bad_alloc", "", InferenceErrorCode.OUT_OF_MEMORY),
        (
            "RuntimeError",
            "Failed to init server",
            "alloc_buffer: failed to allocate CPU buffer of size 96",
            InferenceErrorCode.OUT_OF_MEMORY,
        ),
        ("RuntimeError", "Failed to init server", "", InferenceErrorCode.MODEL_LOAD_FAILED),
    ],
)
def test_a_lack_of_memory_has_its_own_error(
    word: str, text: str, log: str, code: InferenceErrorCode
) -> None:
    assert not_loaded(word, text, log, Path("m.gguf")).code is code


async def test_a_server_without_a_folder_leaves_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(**_: str) -> str:
        raise OSError(28, "No space left on device")

    before = set(psutil.Process().children(recursive=True))
    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(InferenceError, match="No space left") as raised:
        await LlamaServer.start()
    assert raised.value.code is InferenceErrorCode.MODEL_LOAD_FAILED
    started = set(psutil.Process().children(recursive=True)) - before
    _, alive = await asyncio.to_thread(psutil.wait_procs, started, 20)
    assert not alive
