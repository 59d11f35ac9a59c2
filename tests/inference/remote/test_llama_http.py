"""The contract, with llama.cpp's own HTTP server and a built-in model behind it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from inference.backends.base import Backend
from inference.errors import InferenceErrorCode
from inference.remote.listing import list_provider_models
from inference.remote.openai_compatible import OpenAiCompatibleBackend
from tests.inference.backends.contract import BackendContract
from tests.inference.remote.models import KEY, account, backend_of
from tests.inference.remote.relay import Relay, relay

CONTEXT_TOKENS = 1024


@pytest.fixture(scope="module")
def port(builtin_file: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "tests.inference.remote.llama_http"]
    command += [str(builtin_file), KEY, str(CONTEXT_TOKENS)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        port = urlsplit(process.stdout.readline().strip()).port
        assert port is not None
        yield port
        process.stdin.close()


class TestLlamaHttp(BackendContract):
    failed = InferenceErrorCode.PROVIDER_DISCONNECTED
    crashed = InferenceErrorCode.PROVIDER_DISCONNECTED
    stalled = InferenceErrorCode.PROVIDER_TIMEOUT
    goes_on_in_the_same_words = False
    least_kept = 3  # its tokens are guessed, rather too many

    @pytest_asyncio.fixture
    async def backend(  # type: ignore[override]
        self, port: int
    ) -> AsyncIterator[Backend]:
        async with relay(port) as between:
            self.relay: Relay = between
            here = account(f"http://127.0.0.1:{between.port}/v1", "llama_server")
            backend = backend_of(here, "builtin", CONTEXT_TOKENS, silence=90.0)
            yield backend
            await backend.close()

    def break_next_run(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        self.relay.fault = "cut"

    def crash(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        self.relay.fault = "cut"

    def hang(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        assert isinstance(backend, OpenAiCompatibleBackend)
        self.relay.fault = "stall"
        patient = backend._settings
        monkeypatch.setattr(backend, "_settings", replace(patient, silence_seconds=3.0))
        return lambda: monkeypatch.setattr(backend, "_settings", patient)


async def test_its_model_is_listed(port: int) -> None:
    (model,) = await list_provider_models(account(f"http://127.0.0.1:{port}/v1", "llama_server"))
    assert model.can_chat
    assert model.context_tokens == 8192
