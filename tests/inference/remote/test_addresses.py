"""Where a provider is, and through which proxy it is reached."""

from __future__ import annotations

import asyncio

import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.remote.address import BadAddressError, base_address, host_of, is_loopback
from inference.remote.endpoint import Endpoint, endpoints
from inference.remote.presets import find_preset
from inference.remote.proxy import proxy_for
from tests.inference.remote.models import account, backend_of, played, received

PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (" https://api.deepseek.com/ ", "https://api.deepseek.com"),
        ("http://127.0.0.1:8000/v1/chat/completions", "http://127.0.0.1:8000/v1"),
        ("http://[::1]:8000/v1/models", "http://[::1]:8000/v1"),
        ("https://a.example/v1#name", "https://a.example/v1"),
    ],
)
def test_an_address_is_read_as_it_is_pasted(written: str, meant: str) -> None:
    assert base_address(written) == meant


@pytest.mark.parametrize(
    "written",
    ["", "api.deepseek.com", "ftp://a", "http://", "http://a:port", "file:///etc", "http://[::1"],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(BadAddressError):
        base_address(written)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadAddressError, match="may not contain user:password@") as raised:
        base_address("https://me:s3cret@api.example.com/v1")
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    ("address", "stays"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://127.8.9.1", True),
        ("http://localhost:8000/v1", True),
        ("http://models.localhost", True),
        ("http://[::1]:8000", True),
        ("http://192.168.1.7:8000", False),
        ("http://0.0.0.0:8000", False),
        ("http://localhost.example.com", False),
        ("https://api.deepseek.com", False),
    ],
)
def test_only_loopback_stays_on_this_computer(address: str, stays: bool) -> None:
    assert is_loopback(address) is stays


def test_an_address_may_have_several_servers() -> None:
    preset = find_preset("vllm")
    assert preset is not None
    both = endpoints(account("http://a:8001/v1|http://b:8001/v1"), preset, "m")
    assert [one.host for one in both] == ["a:8001", "b:8001"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            "https://me.openai.azure.com/",
            Endpoint(
                "https://me.openai.azure.com/openai/deployments/gpt",
                (("api-version", "2024-10-21"),),
            ),
        ),
        (
            "https://me.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2025-x",
            Endpoint(
                "https://me.openai.azure.com/openai/deployments/gpt", (("api-version", "2025-x"),)
            ),
        ),
        (
            "https://me.openai.azure.com/openai/v1/",
            Endpoint("https://me.openai.azure.com/openai/v1"),
        ),
    ],
)
def test_azure_has_an_address_for_each_deployment(written: str, meant: Endpoint) -> None:
    preset = find_preset("azure")
    assert preset is not None
    assert endpoints(account(written, "azure"), preset, "gpt") == (meant,)


async def test_azure_is_asked_with_its_own_header_and_version() -> None:
    async with played("plain") as (_, server):
        root = server.url.removesuffix("/v1")
        backend = backend_of(account(root, "azure", key="azure-key"), name="gpt")
        await received(backend)
        await backend.close()
        (call,) = server.calls
    path = "/openai/deployments/gpt/chat/completions?api-version=2024-10-21"
    assert call.path == path
    assert call.headers["api-key"] == "azure-key"
    assert "authorization" not in call.headers


@pytest.mark.parametrize(
    ("variables", "address", "host"),
    [
        ({}, "https://api.example.com", None),
        ({"https_proxy": "http://me:pw@proxy:8080"}, "https://api.example.com", "proxy:8080"),
        ({"https_proxy": "proxy:8080"}, "https://api.example.com", "proxy:8080"),
        ({"http_proxy": "http://proxy:8080"}, "https://api.example.com", None),
        ({"https_proxy": "http://proxy:8080"}, "https://localhost:8000", None),
        ({"http_proxy": "http://proxy:8080"}, "http://127.0.0.1:8000", None),
        (
            {"https_proxy": "http://proxy:8080", "no_proxy": "example.com"},
            "https://api.example.com",
            None,
        ),
        (
            {"http_proxy": "http://proxy:8080", "no_proxy": "192.168.0.0/16"},
            "http://192.168.1.7:8000",
            None,
        ),
        (
            {"https_proxy": "http://proxy:8080", "all_proxy": "socks5://other:1080"},
            "https://api.example.com",
            "proxy:8080",
        ),
        (
            {"https_proxy": "socks5://other:1080", "all_proxy": "http://proxy:8080"},
            "https://api.example.com",
            "proxy:8080",
        ),
    ],
)
def test_the_environments_proxy_is_used_and_never_for_this_computer(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], address: str, host: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    proxy = proxy_for(address)
    assert (proxy.host if proxy else None) == host


async def test_a_proxy_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inference.remote.proxy.find_spec", lambda _: None)
    monkeypatch.setenv("all_proxy", "socks5://me:pw@127.0.0.1:7890")
    error = await _unreachable("https://api.example.com/v1")
    assert error.detail["host"] == "api.example.com via socks5://127.0.0.1:7890"
    assert "pw" not in error.message


async def test_a_proxy_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{await _closed_port()}")
    error = await _unreachable("http://api.example.com/v1")
    assert str(error.detail["host"]).startswith("api.example.com via 127.0.0.1:")


async def test_a_server_that_is_not_there_is_named() -> None:
    port = await _closed_port()
    error = await _unreachable(f"http://127.0.0.1:{port}/v1")
    assert error.detail == {"provider": "Testmodels", "host": f"127.0.0.1:{port}"}
    assert error.retryable


async def test_a_name_that_is_not_known_is_reported() -> None:
    error = await _unreachable("http://nobody.invalid/v1")
    assert error.detail["host"] == "nobody.invalid"


async def test_a_server_without_a_certificate_is_asked_once() -> None:
    connections = []

    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    error = await _unreachable(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1")
    server.close()
    assert not error.retryable
    assert len(connections) == 1


def test_a_host_is_shown_without_secrets() -> None:
    assert host_of("http://me:pw@proxy:8080/x") == "proxy:8080"


async def _unreachable(url: str) -> InferenceError:
    backend = backend_of(account(url))
    with pytest.raises(InferenceError) as raised:
        await received(backend)
    await backend.close()
    assert raised.value.code is InferenceErrorCode.PROVIDER_UNREACHABLE
    return raised.value


async def _closed_port() -> int:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port
