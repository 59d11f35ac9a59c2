"""Requests that a proxy and this server may read differently: answered with 400, and the rest of
the connection is never taken for a request.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.live.live_server import LiveServer
from tests.live.raw_client import RawClient, raw_client
from tests.live.tls_server import TlsServer

HOST = "Host: 127.0.0.1\r\n"
PLAIN = f"POST /api/v1/pair/request HTTP/1.1\r\n{HOST}Content-Type: application/json\r\n"
FORWARDED = f"{PLAIN}X-Forwarded-For: 192.0.2.91\r\nX-Forwarded-Proto: https\r\n"
SMUGGLED = f"GET /healthz HTTP/1.1\r\n{HOST}\r\n"
CHUNKED = "Transfer-Encoding: chunked\r\n"
AMBIGUOUS = [
    f"{CHUNKED}Content-Length: 6\r\n\r\n0\r\n\r\n",
    f"Content-Length: 6\r\n{CHUNKED}\r\n0\r\n\r\n",
    "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}",
    "Transfer-Encoding: gzip\r\n\r\n",
    "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
    "X: a\r\n b\r\nContent-Length: 0\r\n\r\n",
    "X: a\nContent-Length: 0\r\n\r\n",
    "X: a\rContent-Length: 0\r\n\r\n",
    f"{CHUNKED}\r\n2\r\n{{}}XX0\r\n\r\n",
    f"{CHUNKED}\r\n2\r\n{{}}\r\n0\r\nX: a\n\r\n",
]


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsServer]:
    server = TlsServer(tmp_path_factory.mktemp("tls"), PAIRING=1, OPEN=0)
    with server.live:
        yield server
        assert "Traceback" not in server.live.log, server.live.log


async def _answers(client: RawClient, request: str) -> bytes:
    """The responses to the request and a second one behind it; the server has to close."""
    await client.send(request + SMUGGLED)
    return await client.rest(20)


def _is_refused(answers: bytes) -> bool:
    return answers.startswith(b"HTTP/1.1 400 ") and answers.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("request_head", [PLAIN, FORWARDED], ids=["direct", "behind a proxy"])
@pytest.mark.parametrize("rest", AMBIGUOUS)
async def test_it_is_refused_and_the_connection_closed(
    paired_server: LiveServer, request_head: str, rest: str
) -> None:
    async with raw_client(paired_server.port) as client:
        assert _is_refused(await _answers(client, request_head + rest))


@pytest.mark.parametrize("rest", AMBIGUOUS)
async def test_it_is_refused_over_https(tls: TlsServer, rest: str) -> None:
    reader, writer = await asyncio.open_connection(
        "localhost", tls.port, ssl=tls.trusting(), server_hostname="localhost"
    )
    try:
        assert _is_refused(await _answers(RawClient(reader, writer), PLAIN + rest))
    finally:
        writer.transport.abort()


async def test_the_guides_port_refuses_it_as_well(tls: TlsServer) -> None:
    async with raw_client(tls.live.port) as client:
        assert _is_refused(await _answers(client, PLAIN + AMBIGUOUS[0]))


async def test_a_bad_chunk_after_the_answer_began_only_closes(paired_server: LiveServer) -> None:
    """The answer, here 401, precedes the body; the rest of the body gets no answer."""
    head = f"POST /api/v1/import HTTP/1.1\r\n{HOST}X-Forwarded-For: 192.0.2.92\r\n{CHUNKED}\r\n"
    async with raw_client(paired_server.port) as client:
        await client.send(f"{head}2\r\n{{}}\r\n")
        assert await client.status() == 401
        await client.send(f"XX\r\n{SMUGGLED}")
        assert b"HTTP/1.1 200" not in await client.rest(20)


@pytest.mark.parametrize(
    "body", ["Content-Length: 2\r\n\r\n{}", f"{CHUNKED}\r\n2\r\n{{}}\r\n0\r\n\r\n"]
)
async def test_a_plain_request_keeps_the_connection(paired_server: LiveServer, body: str) -> None:
    async with raw_client(paired_server.port) as client:
        await client.send(
            FORWARDED + body + SMUGGLED.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
        )
        answers = await client.rest(20)
    assert answers.count(b"HTTP/1.1 ") == 2
    assert b"HTTP/1.1 200 OK" in answers
