"""The built-in model keeps the contract, in a process that no other program can use."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import stat
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import httpx
import psutil
import pytest
import pytest_asyncio

from inference.backends.base import Backend
from inference.backends.model_file import CatalogFile, OwnedFile
from inference.catalog.builtin import SMOLLM2
from inference.catalog.sources import Endpoints
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationFinished, TextDelta
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.llama_cpp_engine.channel import Item, LlamaCall, OnItem
from inference.llama_cpp_engine.process import LlamaProcess
from inference.llama_cpp_engine.server import LlamaServer
from inference.llama_cpp_engine.size import SizeSettings
from inference.response_format import ResponseFormat
from inference.types import Download, ModelCard, ModelState, SamplingOptions
from tests.inference.backends.contract import BackendContract, ignore, read, request, text_of

pytestmark = pytest.mark.model

WANTED = SizeSettings(slots=2, kv_tokens=2048, threads=2)


def _backend(file: Path) -> LlamaCppBackend:
    card = ModelCard("m", "M", "llama_cpp", slots=WANTED.slots)
    return LlamaCppBackend(card, OwnedFile(file), WANTED, SamplingOptions(temperature=0.0))


@pytest_asyncio.fixture
async def loaded(builtin_file: Path) -> AsyncIterator[LlamaCppBackend]:
    made = _backend(builtin_file)
    await made.load(ignore)
    yield made
    await made.close()


def _child(backend: Backend) -> LlamaProcess:
    assert isinstance(backend, LlamaCppBackend)
    assert backend._server is not None
    return backend._server.process


class TestLlamaCpp(BackendContract):
    @pytest.fixture
    def backend(self, loaded: LlamaCppBackend) -> Backend:
        return loaded

    def break_next_run(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        begin = LlamaServer.begin

        def broken(server: LlamaServer, wanted: Item, on_item: OnItem) -> LlamaCall:
            texts = itertools.count()

            def listen(item: Item) -> None:
                if item.get("choices") and next(texts) == 8:
                    raise ValueError("broken")
                on_item(item)

            monkeypatch.setattr(LlamaServer, "begin", begin)
            return begin(server, wanted, listen)

        monkeypatch.setattr(LlamaServer, "begin", broken)

    def crash(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        """As when the system needs the memory for something else."""
        _child(backend).kill()

    def hang(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        os.kill(_child(backend).pid, signal.SIGSTOP)
        return lambda: None

    async def test_a_model_that_hangs_is_ended_and_can_be_loaded_again(
        self, backend: Backend
    ) -> None:
        os.kill(_child(backend).pid, signal.SIGSTOP)
        reading = asyncio.create_task(read(backend.generate(request("Hello"))))
        await asyncio.sleep(0)
        await backend.close()
        with pytest.raises(InferenceError) as raised:
            await reading
        assert raised.value.code is InferenceErrorCode.SHUTTING_DOWN
        await backend.load(ignore)
        assert await read(backend.generate(request("Hello", max_new_tokens=2)))

    async def test_a_model_that_no_kill_has_ended_yet_is_not_loaded_twice(
        self, backend: Backend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(LlamaProcess, "ended", lambda process, seconds: False)
        await backend.close()
        with pytest.raises(InferenceError) as raised:
            await backend.load(ignore)
        assert raised.value.code is InferenceErrorCode.MODEL_STUCK

    async def test_a_segmentation_fault_ends_all_its_answers_with_their_text(
        self, backend: Backend
    ) -> None:
        answers = [backend.generate(request("Tell a long story.")) for _ in range(2)]
        assert all([isinstance(await anext(answer), TextDelta) for answer in answers])
        os.kill(_child(backend).pid, signal.SIGSEGV)
        for answer in answers:
            with pytest.raises(InferenceError) as raised:
                await read(answer)
            assert raised.value.code is InferenceErrorCode.MODEL_CRASHED
            assert "SIGSEGV" in raised.value.message

    async def test_without_its_listener_an_answer_that_goes_on_finds_it_crashed(
        self, backend: Backend
    ) -> None:
        """As when something tidies up the folder of temporary files."""
        assert isinstance(backend, LlamaCppBackend)
        assert backend._server is not None
        for file in backend._server._folder.iterdir():
            file.unlink()
        with pytest.raises(InferenceError) as raised:
            await read(backend.generate(replace(request("Hello"), answer_so_far="Once")))
        assert raised.value.code is InferenceErrorCode.MODEL_CRASHED

    async def test_what_it_takes_is_measured_and_given_back(self, backend: Backend) -> None:
        assert (backend.card.memory or 0) > SMOLLM2.size
        pid = _child(backend).pid
        await backend.close()
        assert not psutil.pid_exists(pid)

    async def test_the_second_turn_finds_its_prefix_again(self, backend: Backend) -> None:
        wanted = request("Once upon a time there was a fox. " * 20, max_new_tokens=1)
        await read(backend.generate(wanted))
        end = (await read(backend.generate(wanted)))[-1]
        assert isinstance(end, GenerationFinished)
        assert end.usage.cached_tokens > 100

    async def test_a_loop_is_stopped_and_its_tokens_are_counted(self, backend: Backend) -> None:
        """The greedy answer to this question, which repeats itself without end."""
        generated = "是一种美好的春花，" * 9
        wanted = replace(
            request("写一首关于春天的诗。", max_new_tokens=1000, repetition_penalty=1.0),
            answer_so_far=generated,
            stop_repetition=True,
        )
        *received, end = await read(backend.generate(wanted))
        assert isinstance(end, GenerationFinished)
        assert end.reason == "repetition"
        assert text_of(received)[:18] == "是一种美好的春花，" * 2
        assert len(generated + text_of(received)) < 300
        assert len(received) <= end.usage.completion_tokens < 400
        assert end.usage.prompt_tokens > len(generated)

    async def test_max_length_counts_the_prompt_and_the_answer(self, backend: Backend) -> None:
        question = "Tell a long story."
        free = (await read(backend.generate(request(question, max_new_tokens=1))))[-1]
        assert isinstance(free, GenerationFinished)
        longest = free.usage.prompt_tokens + 7
        end = (await read(backend.generate(request(question, max_length=longest))))[-1]
        assert isinstance(end, GenerationFinished)
        assert (end.reason, end.usage.completion_tokens) == ("length", 7)
        going_on = replace(
            request(question, max_length=longest), answer_so_far="Once upon a", tokens_so_far=4
        )
        end = (await read(backend.generate(going_on)))[-1]
        assert isinstance(end, GenerationFinished)
        assert (end.reason, end.usage.completion_tokens) == ("length", 3)

    async def test_a_question_that_fills_max_length_is_refused(self, backend: Backend) -> None:
        with pytest.raises(InferenceError) as raised:
            await read(backend.generate(request("Hello", max_length=3)))
        assert raised.value.code is InferenceErrorCode.CONTEXT_EXCEEDED
        assert raised.value.detail["limit"] == 3

    async def test_a_schema_that_no_grammar_can_hold_is_refused(self, backend: Backend) -> None:
        wanted = ResponseFormat('{"not": {}}')
        with pytest.raises(InferenceError) as raised:
            await read(backend.generate(request("Hello", response_format=wanted)))
        assert raised.value.code is InferenceErrorCode.INVALID_REQUEST

    async def test_a_long_prefill_can_be_stopped(self, backend: Backend) -> None:
        wanted = request("fox " * 1000, max_new_tokens=1)
        reading = asyncio.ensure_future(anext(backend.generate(wanted)))
        await asyncio.sleep(0.2)
        reading.cancel()
        await asyncio.wait({reading})
        assert reading.cancelled()
        end = (await read(backend.generate(wanted)))[-1]
        assert isinstance(end, GenerationFinished)
        assert end.usage.cached_tokens < end.usage.prompt_tokens / 2

    async def test_the_same_greedy_request_gives_the_same_text(self, backend: Backend) -> None:
        wanted = request("What is the capital of France?", max_new_tokens=12)
        texts = [
            "".join(
                e.text for e in await read(backend.generate(wanted)) if isinstance(e, TextDelta)
            )
            for _ in range(2)
        ]
        assert texts[0] == texts[1] != ""


@pytest.mark.skipif(os.name != "posix", reason="Unix sockets are POSIX")
async def test_its_listener_is_a_socket_in_a_private_folder_behind_a_key(
    loaded: LlamaCppBackend,
) -> None:
    assert loaded._server is not None
    folder = loaded._server._folder
    (private,) = folder.iterdir()
    assert stat.S_ISSOCK(private.stat().st_mode)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(uds=str(private))) as stranger:
        for path in ("/v1/models", "/metrics"):
            assert (await stranger.get(f"http://llama{path}")).status_code == 401
    await loaded.close()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, InferenceErrorCode.MODEL_FILE_MISSING),
        (b"", InferenceErrorCode.MODEL_FILE_DAMAGED),
        (b"GGUF" + b"\xff" * 4096, InferenceErrorCode.MODEL_FILE_DAMAGED),
        (b"<html>404</html>", InferenceErrorCode.MODEL_FILE_DAMAGED),
    ],
    ids=["missing", "empty", "junk", "a web page"],
)
async def test_a_bad_file_is_named(
    tmp_path: Path, content: bytes | None, code: InferenceErrorCode
) -> None:
    file = tmp_path / "bad.gguf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InferenceError) as raised:
        await _backend(file).load(ignore)
    assert raised.value.code is code
    assert raised.value.detail == {"file": "bad.gguf"}


async def test_a_file_cut_short_is_damaged(tmp_path: Path, builtin_file: Path) -> None:
    file = tmp_path / "short.gguf"
    with builtin_file.open("rb") as whole:
        file.write_bytes(whole.read(40_000_000))
    with pytest.raises(InferenceError) as raised:
        await _backend(file).load(ignore)
    assert raised.value.code is InferenceErrorCode.MODEL_FILE_DAMAGED


async def test_before_it_is_loaded_it_refuses(builtin_file: Path) -> None:
    with pytest.raises(InferenceError):
        await anext(_backend(builtin_file).generate(request("Hello")))


async def test_fetching_is_reported_before_loading(
    tmp_path: Path, builtin_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = Download(SMOLLM2.size // 2, SMOLLM2.size, "a hub")

    def fetch(self: CatalogFile, on_progress: object, cancelled: object) -> None:
        assert callable(on_progress)
        on_progress(half)
        self.path.symlink_to(builtin_file)

    monkeypatch.setattr(CatalogFile, "fetch", fetch)
    states: list[tuple[ModelState, float | None]] = []
    card = ModelCard("m", "M", "llama_cpp", slots=2)
    backend = LlamaCppBackend(card, CatalogFile(SMOLLM2, tmp_path, Endpoints()), WANTED)
    downloads: list[Download | None] = []

    def report(state: ModelState, progress: float | None, download: Download | None = None) -> None:
        states.append((state, progress))
        downloads.append(download)

    assert backend.card.download == Download(0, SMOLLM2.size)
    await backend.load(report)
    await backend.close()
    assert states[:3] == [
        (ModelState.FETCHING, 0.0),
        (ModelState.FETCHING, 0.5),
        (ModelState.LOADING, None),
    ]
    assert states[-1] == (ModelState.LOADING, 1.0)
    assert downloads[:3] == [Download(0, SMOLLM2.size), half, None]
    assert backend.card.download is None
