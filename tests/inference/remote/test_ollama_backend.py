"""Ollama keeps the backends' contract, and each failure has its own error."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.engine import Engine
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationFinished, TextDelta
from inference.remote.ollama_address import parsed
from inference.remote.ollama_backend import OllamaBackend
from inference.remote.ollama_card import first_card
from inference.remote.ollama_facts import is_cloud
from inference.remote.ollama_presence import Presence
from inference.remote.ollama_settings import OllamaSettings, Timeouts
from inference.remote.ollama_tokens import count
from inference.response_format import ResponseFormat
from inference.restarts import Recovery
from inference.specs.registry import open_spec
from inference.types import (
    Ability,
    ChatMessage,
    Download,
    GenerationRequest,
    ModelState,
    SamplingOptions,
)
from tests.inference.backends.contract import BackendContract, ignore, read, request, text_of
from tests.inference.remote.ollama_server import OllamaServer, ollama_server, shown
from tests.patience import PATIENCE

Code = InferenceErrorCode


@pytest_asyncio.fixture
async def server() -> AsyncIterator[OllamaServer]:
    async with ollama_server() as made:
        yield made


def made(
    server: OllamaServer, name: str = "llama3", timeouts: float = 30.0, **settings: Any
) -> OllamaBackend:
    wanted = OllamaSettings(timeouts=Timeouts(timeouts, timeouts), **settings)
    address = parsed(server.url)
    known = Presence.PASSED_ON if is_cloud(name) else Presence.ASSUMED
    card = first_card(f"ollama/{name}", name, address, wanted.slots, known)
    return OllamaBackend(card, name, address, lambda: "", wanted)


@pytest_asyncio.fixture
async def loaded(server: OllamaServer) -> AsyncIterator[OllamaBackend]:
    backend = made(server, slots=2, context_tokens=1024)
    await backend.load(ignore)
    yield backend
    server.let_go.set()
    await backend.close()


class TestOllama(BackendContract):
    @pytest.fixture
    def backend(self, loaded: OllamaBackend, server: OllamaServer) -> Backend:
        self.server = server
        return loaded

    def break_next_run(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        self.server.scenario = "error_line"

    def crash(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
        self.server.scenario = "cut"

    def hang(self, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        self.server.scenario = "hang"
        return lambda: setattr(self.server, "scenario", "talk")

    async def test_an_error_in_the_middle_is_one_error_and_the_next_run_works(
        self, backend: Backend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.break_next_run(backend, monkeypatch)
        events = backend.generate(request("Tell a long story."))
        assert isinstance(await anext(events), TextDelta)
        assert (await _failure(events)).code is Code.PROVIDER_FAILED
        assert isinstance((await read(backend.generate(_short())))[-1], GenerationFinished)

    async def test_after_a_crash_it_is_loaded_again_and_answers(
        self, backend: Backend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A connection that is cut is no crash here: nothing is loaded again."""
        async with _engine(backend, stall_seconds=0) as engine:
            self.crash(backend, monkeypatch)
            assert await _ends_with(engine, backend) is Code.PROVIDER_DISCONNECTED
            await self._check_it_works_and_was_not_loaded_again(engine, backend)

    async def test_a_model_that_hangs_is_found_and_loaded_again_once_it_lets_go(
        self, backend: Backend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Silence ends the run alone, by the provider's own time and not by the watchdog's."""
        patient = made(self.server, timeouts=2.0, slots=2)
        async with _engine(patient, stall_seconds=0.2) as engine:
            self.hang(patient, monkeypatch)
            assert await _ends_with(engine, patient) is Code.PROVIDER_TIMEOUT
            await self._check_it_works_and_was_not_loaded_again(engine, patient)

    async def _check_it_works_and_was_not_loaded_again(
        self, engine: Engine, backend: Backend
    ) -> None:
        assert engine.models()[0].state is ModelState.READY
        self.server.scenario = "talk"
        loads = len(self.server.bodies("/api/show"))
        *_, end = [event async for event in engine.generate(_to(backend, _short()))]
        assert isinstance(end, GenerationFinished)
        assert len(self.server.bodies("/api/show")) == loads


@asynccontextmanager
async def _engine(backend: Backend, stall_seconds: float) -> AsyncIterator[Engine]:
    """An engine that has loaded the model and answered."""
    await backend.close()
    engine = Engine([backend], queue_length=4, recovery=Recovery(stall_seconds=stall_seconds))
    async for _ in engine.generate(_to(backend, _short())):
        pass
    yield engine
    await engine.close()


def _to(backend: Backend, wanted: GenerationRequest) -> GenerationRequest:
    return replace(wanted, model=backend.card.id)


async def _ends_with(engine: Engine, backend: Backend) -> Code:
    """What a run of the engine fails with."""
    with pytest.raises(InferenceError) as raised:
        async for _ in engine.generate(_to(backend, request("Tell a long story."))):
            pass
    assert raised.value.retryable
    return raised.value.code


def _short() -> GenerationRequest:
    return request("Hello", max_new_tokens=2)


async def _failure(events: Any) -> InferenceError:
    with pytest.raises(InferenceError) as raised:
        await read(events)
    return raised.value


async def _generated(backend: Backend, wanted: GenerationRequest) -> dict[str, str]:
    texts = {"reasoning": "", "answer": ""}
    for event in await read(backend.generate(wanted)):
        if isinstance(event, TextDelta):
            texts[event.channel] += event.text
    return texts


@pytest.mark.parametrize("scenario", ["thinking", "tags"])
async def test_reasoning_is_distinguished_in_either_form(
    server: OllamaServer, loaded: OllamaBackend, scenario: str
) -> None:
    server.scenario = scenario
    generated = await _generated(loaded, request("Is it?"))
    assert {channel: text.strip() for channel, text in generated.items()} == {
        "reasoning": "I think.",
        "answer": "Yes.",
    }


@pytest.mark.parametrize(
    ("scenario", "code", "retryable"),
    [
        ("no_memory", Code.PROVIDER_FAILED, True),
        ("busy", Code.PROVIDER_OVERLOADED, True),
        ("bad_request", Code.PROVIDER_REFUSED, False),
        ("embedding_only", Code.MODEL_UNSUITABLE, False),
        ("signed_out", Code.PROVIDER_KEY_REFUSED, False),
        ("limited", Code.PROVIDER_RATE_LIMITED, True),
        ("cut", Code.PROVIDER_DISCONNECTED, True),
        ("no_end", Code.PROVIDER_DISCONNECTED, True),
        ("error_line", Code.PROVIDER_FAILED, True),
        ("garbage", Code.PROVIDER_FAILED, True),
    ],
)
async def test_each_failure_has_its_code_and_ollamas_words(
    server: OllamaServer, loaded: OllamaBackend, scenario: str, code: Code, retryable: bool
) -> None:
    server.scenario = scenario
    error = await _failure(loaded.generate(request("Hello")))
    assert (error.code, error.retryable) == (code, retryable)
    assert error.detail["provider"] == "Ollama"
    assert "seconds" in error.detail
    if scenario == "no_memory":
        assert "out of memory" in str(error.detail["reason"])


async def test_what_had_arrived_before_a_cut_is_reported(
    server: OllamaServer, loaded: OllamaBackend
) -> None:
    server.scenario = "cut"
    events = loaded.generate(request("Tell a long story."))
    received = [await anext(events) for _ in range(3)]
    assert text_of(received) == "Chapter 0: a"
    assert (await _failure(events)).code is Code.PROVIDER_DISCONNECTED


@pytest.mark.parametrize("scenario", ["silence", "hang"])
async def test_silence_is_a_timeout(server: OllamaServer, scenario: str) -> None:
    backend = made(server, timeouts=0.3)
    await backend.load(ignore)
    server.scenario = scenario
    error = await _failure(backend.generate(request("Tell a long story.")))
    assert error.code is Code.PROVIDER_TIMEOUT
    assert error.retryable
    await backend.close()


async def test_characters_cut_between_packets_and_chunks_are_whole(
    server: OllamaServer, loaded: OllamaBackend
) -> None:
    server.scenario = "half_utf8"
    assert (await _generated(loaded, request("Hello")))["answer"] == "你好😀"


async def test_closing_an_answer_closes_its_request_at_once(
    server: OllamaServer, loaded: OllamaBackend
) -> None:
    server.scenario = "hang"
    events = loaded.generate(request("Tell a long story."))
    await anext(events)
    await asyncio.wait_for(events.aclose(), PATIENCE)
    await server.until(lambda: not server.open)
    assert not server.let_go.is_set()


async def test_options_are_ollamas_and_none_is_left_out(
    server: OllamaServer, loaded: OllamaBackend
) -> None:
    options = {
        "temperature": 0.7,
        "top_k": 3,
        "top_p": 0.5,
        "min_p": 0.1,
        "repetition_penalty": 1.1,
        "presence_penalty": 0.2,
        "frequency_penalty": 0.3,
        "seed": 7,
        "stop": ("x",),
        "max_new_tokens": 2,
    }
    await read(loaded.generate(request("Hello", **options)))
    assert server.bodies("/api/chat")[-1]["options"] == {
        "num_ctx": 1024,
        "temperature": 0.7,
        "top_k": 3,
        "top_p": 0.5,
        "min_p": 0.1,
        "repeat_penalty": 1.1,
        "repeat_last_n": -1,
        "presence_penalty": 0.2,
        "frequency_penalty": 0.3,
        "seed": 7,
        "stop": ["x"],
        "num_predict": 2,
    }


@pytest.mark.parametrize(
    ("wanted", "sent"),
    [
        (None, None),
        (ResponseFormat(), "json"),
        (ResponseFormat('{"type":"array"}'), {"type": "array"}),
    ],
)
async def test_a_response_format_is_ollamas(
    server: OllamaServer, loaded: OllamaBackend, wanted: ResponseFormat | None, sent: object
) -> None:
    await read(loaded.generate(request("List it", response_format=wanted, max_new_tokens=1)))
    assert server.bodies("/api/chat")[-1].get("format") == sent


async def test_the_whole_length_leaves_less_for_the_answer(
    server: OllamaServer, loaded: OllamaBackend
) -> None:
    await read(loaded.generate(request("Hello", max_length=100)))
    assert server.bodies("/api/chat")[-1]["options"]["num_predict"] == 100 - count(["Hello"])[0]


async def test_no_sampling_is_a_temperature_of_zero(
    server: OllamaServer, loaded: OllamaBackend
) -> None:
    await read(loaded.generate(request("Hi", do_sample=False, temperature=0.9, max_new_tokens=1)))
    assert server.bodies("/api/chat")[-1]["options"]["temperature"] == 0


async def test_an_option_that_ollama_lacks_is_refused_and_listed(loaded: OllamaBackend) -> None:
    assert [rule.name for rule in loaded.card.option_rules] == ["logprobs"]
    error = await _failure(loaded.generate(request("Hello", logprobs=2)))
    assert error.code is Code.UNSUPPORTED_OPTION


async def test_the_reasoning_switch_is_sent_only_to_models_that_can(server: OllamaServer) -> None:
    server.models["qwen3"] = shown(capabilities=["completion", "thinking", "tools", "vision"])
    for name, thinks in (("llama3", None), ("qwen3", False)):
        backend = made(server, name)
        await backend.load(ignore)
        await read(backend.generate(request("Hi", enable_thinking=False, max_new_tokens=1)))
        assert server.bodies("/api/chat")[-1].get("think") == thinks
        await backend.close()
    assert set(backend.card.abilities) == {Ability.REASONING, Ability.TOOLS, Ability.VISION}


async def test_the_context_is_chosen_and_reported(server: OllamaServer) -> None:
    backend = made(server)
    await backend.load(ignore)
    assert backend.card.context_tokens == 8192
    assert server.bodies("/api/chat")[-1]["options"] == {"num_ctx": 8192}
    assert backend.card.quantisation == "Q4_K_M"
    await backend.close()


async def test_a_model_that_was_loaded_by_others_stays_loaded(server: OllamaServer) -> None:
    for before in (set[str](), {"llama3"}):
        server.loaded = set(before)
        backend = made(server)
        await backend.load(ignore)
        assert server.loaded == {"llama3"}
        await backend.close()
        assert server.loaded == before


@pytest.mark.parametrize(("typed", "sent"), [("30m", "30m"), ("-1", -1), ("90", 90), ("", None)])
async def test_how_long_it_is_kept_is_the_owners_choice(
    server: OllamaServer, typed: str, sent: object
) -> None:
    backend = made(server, keep_alive=typed)
    await backend.load(ignore)
    await read(backend.generate(_short()))
    chats = server.bodies("/api/chat")
    assert [body.get("keep_alive") for body in chats] == [sent, sent]
    await backend.close()


async def test_a_model_without_memory_for_it_fails_to_load_with_ollamas_words(
    server: OllamaServer,
) -> None:
    server.scenario = "no_memory"
    backend = made(server)
    with pytest.raises(InferenceError, match="more system memory") as raised:
        await backend.load(ignore)
    assert raised.value.code is Code.PROVIDER_FAILED
    await backend.close()


async def test_an_embedding_model_is_refused(server: OllamaServer) -> None:
    server.models["nomic"] = shown(capabilities=["embedding"])
    backend = made(server, "nomic")
    with pytest.raises(InferenceError) as raised:
        await backend.load(ignore)
    assert raised.value.code is Code.MODEL_UNSUITABLE
    assert backend.card.abilities == (Ability.EMBEDDINGS,)
    await backend.close()


async def test_a_server_that_does_not_run_is_named() -> None:
    async with ollama_server() as server:
        backend = made(server)
    with pytest.raises(InferenceError) as raised:
        await backend.load(ignore)
    assert raised.value.code is Code.PROVIDER_UNREACHABLE
    assert raised.value.detail["host"] == server.url.removeprefix("http://")
    await backend.close()


async def test_proxies_are_not_asked_for_what_is_here(
    server: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    backend = made(server)
    await backend.load(ignore)
    await backend.close()


async def test_a_model_on_the_makers_servers_is_not_local(server: OllamaServer) -> None:
    assert (made(server).card.local, made(server).card.provider) == (True, "")
    server.models["gpt-oss:120b-cloud"] = shown()
    server.models["copied"] = shown(model_info={"general.architecture": "gptoss"})
    for name in ("gpt-oss:120b-cloud", "copied"):
        backend = made(server, name)
        await backend.load(ignore)
        assert not backend.card.local
        assert backend.card.provider == "Ollama"
        await backend.close()
    assert not server.bodies("/api/chat")


class TestDownloading:
    async def test_a_missing_model_is_pulled_with_its_progress(self, server: OllamaServer) -> None:
        received: list[Download] = []

        def report(
            state: ModelState, progress: float | None, download: Download | None = None
        ) -> None:
            assert state is ModelState.FETCHING
            assert download is not None
            received.append(download)

        backend = made(server, "new")
        await backend.fetch(report)
        assert received
        assert received[0].source == "Ollama"
        assert backend.card.download is None
        assert not server.loaded
        await backend.close()

    @pytest.mark.parametrize(
        ("pulls", "code"),
        [("unknown", Code.PROVIDER_MODEL_UNKNOWN), ("cut", Code.PROVIDER_DISCONNECTED)],
    )
    async def test_one_that_fails_reports_why(
        self, server: OllamaServer, pulls: str, code: Code
    ) -> None:
        server.pulls = pulls
        backend = made(server, "new")
        with pytest.raises(InferenceError) as raised:
            await backend.load(ignore)
        assert raised.value.code is code
        assert raised.value.detail["model"] == "new"
        await backend.close()

    async def test_given_up_it_ends_at_the_server_too_and_is_gone_on_with(
        self, server: OllamaServer
    ) -> None:
        server.pulls = "slow"
        backend = made(server, "new")
        fetching = asyncio.ensure_future(backend.fetch(ignore))
        await server.until(lambda: "/api/pull" in dict(server.asked))
        fetching.cancel()
        await server.until(lambda: not server.open)
        server.pulls = "whole"
        await backend.fetch(ignore)
        assert len(server.bodies("/api/pull")) == 2
        await backend.close()

    async def test_an_engine_pauses_and_resumes_it(self, server: OllamaServer) -> None:
        server.pulls = "slow"
        (backend,) = await asyncio.to_thread(_opened, f"ollama/new@{server.url}")
        assert backend.card.state is ModelState.ABSENT
        engine = Engine([backend], queue_length=4)
        model = backend.card.id
        engine.fetch(model)
        await server.until(lambda: "/api/pull" in dict(server.asked))
        engine.pause(model)
        await server.until(lambda: not server.open)
        (card,) = engine.models()
        assert card.download is not None
        assert card.download.paused
        server.pulls = "whole"
        engine.resume(model)
        async for (card,) in engine.watch():
            if card.state is ModelState.UNLOADED:
                break
        assert "new" in server.models
        await engine.close()

    async def test_one_that_is_passed_on_leaves_the_computer_under_whatever_name(
        self, server: OllamaServer
    ) -> None:
        server.passed_on.add("llama3")
        (backend,) = await asyncio.to_thread(_opened, f"ollama/llama3@{server.url}")
        assert (backend.card.local, backend.card.provider) == (False, "Ollama")

    async def test_one_that_the_server_has_is_not_reported_missing(
        self, server: OllamaServer
    ) -> None:
        (backend,) = await asyncio.to_thread(_opened, f"ollama/llama3@{server.url}")
        assert backend.card.state is ModelState.UNLOADED
        assert backend.card.download is None


def _opened(spec: str) -> list[Backend]:
    return open_spec(spec, EngineConfig((spec,), Path("models")))


async def test_an_answer_is_not_gone_on_with_where_the_template_would_begin_another(
    server: OllamaServer,
) -> None:
    server.models["llama3"] = shown(template="{{ range .Messages }}{{ .Content }}</s>{{ end }}")
    backend = made(server)
    await backend.load(ignore)
    assert not backend.card.resumable
    messages = (ChatMessage("user", "Hello"),)
    going_on = GenerationRequest("r", "m", "a", messages, SamplingOptions(), answer_so_far="Once")
    assert (await _failure(backend.generate(going_on))).code is Code.PROVIDER_REFUSED
    await backend.close()
