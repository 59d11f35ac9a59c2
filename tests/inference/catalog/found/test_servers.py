"""Servers of models on this computer are asked for their models by GET alone, each in its words."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from inference.catalog.found import servers
from inference.catalog.found.candidate import Origin
from inference.catalog.found.servers import servers_on_this_computer
from inference.catalog.found.unsuitable import Unsuitability
from inference.specs.ollama import OllamaReader

TAGS = {
    "models": [
        {"model": "qwen3:4b", "size": 5, "details": {"quantization_level": "Q4_K_M"}},
        {"name": "nomic-embed-text:latest", "details": {"family": "nomic-bert"}},
        {"size": 3},
        "odd",
    ]
}
MODELS = {"object": "list", "data": [{"id": "Qwen/Qwen3", "owned_by": "vllm"}, {"id": ""}, None]}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, _Server)
        self.server.asked.append(self.path)
        self.server.let_go.wait()
        content = self.server.pages.get(self.path)
        self.send_response(404 if content is None else 200)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode() if content is not None else b"no")

    def do_POST(self) -> None:
        raise AssertionError("only GET may be sent")

    def log_message(self, *_: Any) -> None:
        """Quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, pages: dict[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self.asked: list[str] = []
        self.let_go = threading.Event()
        self.let_go.set()


@contextmanager
def _serving(pages: dict[str, Any]) -> Iterator[_Server]:
    made = _Server(pages)
    thread = threading.Thread(target=made.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield made
    finally:
        made.let_go.set()
        made.shutdown()
        thread.join()
        made.server_close()


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that is asked would be noticed: nothing listens there."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")


async def test_each_servers_models_are_reported_as_specs_that_open() -> None:
    with ExitStack() as both:
        ollama = both.enter_context(_serving({"/api/tags": TAGS}))
        vllm = both.enter_context(_serving({"/v1/models": MODELS}))
        ports = {ollama.server_port: Origin.OLLAMA, vllm.server_port: Origin.SERVER}
        first, second, third = await servers_on_this_computer((), ports)
    address = f"http://127.0.0.1:{ollama.server_port}"
    assert (first.spec, first.name) == (f"ollama/qwen3:4b@{address}", "qwen3:4b")
    assert (first.size, first.quantisation, first.unsuitable) == (5, "Q4_K_M", None)
    assert OllamaReader().reads(first.spec)
    assert second.unsuitable is not None
    assert second.unsuitable.reason is Unsuitability.EMBEDDING
    assert third.spec == f"http://127.0.0.1:{vllm.server_port}/v1#Qwen/Qwen3"
    assert third.origin == "server"


async def test_this_server_is_not_asked() -> None:
    with _serving({"/v1/models": MODELS}) as own:
        ports = {own.server_port: Origin.SERVER}
        assert not await servers_on_this_computer({own.server_port}, ports)
        assert not own.asked


@pytest.mark.parametrize(
    "pages",
    [
        {"/readyz": {"database": "ok", "model": "ready", "low": []}, "/v1/models": MODELS},
        {"/v1/models": {"data": [{"id": "a", "owned_by": "myllm"}]}},
    ],
)
async def test_another_myllm_is_recognised(pages: dict[str, Any]) -> None:
    with _serving(pages) as other:
        assert not await servers_on_this_computer((), {other.server_port: Origin.SERVER})


@pytest.mark.parametrize("page", [None, [], "text", {"data": "none"}, {"models": {}}])
async def test_other_programs_on_these_ports_have_no_models(page: object) -> None:
    with _serving({"/v1/models": page, "/api/tags": page}) as other:
        for origin in (Origin.OLLAMA, Origin.SERVER):
            assert not await servers_on_this_computer((), {other.server_port: origin})


async def test_ports_without_a_server_and_silent_ones_delay_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(servers, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        free = closed.getsockname()[1]
    with ExitStack() as all_of_them:
        silent = all_of_them.enter_context(_serving({"/v1/models": MODELS}))
        well = all_of_them.enter_context(_serving({"/v1/models": MODELS}))
        silent.let_go.clear()
        ports = dict.fromkeys((free, silent.server_port, well.server_port), Origin.SERVER)
        (found,) = await servers_on_this_computer((), ports)
    assert str(well.server_port) in found.spec


def test_the_usual_ports_are_those_of_the_known_programs() -> None:
    assert set(servers.USUAL_PORTS) == {11434, 1234, 8000, 8080, 30000}
