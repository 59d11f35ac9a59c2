"""The port and the addresses, against listeners on loopback."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator

import pytest

from hosting.doctor import reachability
from hosting.doctor.finding import Verdict
from hosting.doctor.reachability import (
    Answer,
    ask,
    judge_address,
    judge_port,
    look_at_port,
    network,
    who_gets_in,
)
from tests.live.live_server import free_port
from tests.overrides import Overrides


class Healthz(http.server.BaseHTTPRequestHandler):
    """Answers as a MyLLM server does to a permitted host."""

    status, body = 200, b'{"status": "ok"}'

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so there
        pass


class Forbidden(Healthz):
    status, body = 403, b"To let phones in, start it with serve --open."


class OtherServer(Healthz):
    body = b"<html>"


@pytest.fixture(params=[Healthz])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), request.param) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield server.server_address[1]
        server.shutdown()
        serving.join()


@pytest.mark.parametrize(
    ("port", "answer"),
    [(Healthz, Answer.MYLLM), (Forbidden, Answer.REFUSED), (OtherServer, Answer.OTHER)],
    indirect=["port"],
)
def test_the_answering_server_is_recognised(port: int, answer: Answer) -> None:
    assert ask("127.0.0.1", port, is_tls=False) is answer
    assert ask("127.0.0.1", port, is_tls=True) is Answer.NONE


def test_a_free_port_is_good() -> None:
    assert judge_port(look_at_port("127.0.0.1", free_port(), is_tls=False)).verdict is Verdict.GOOD


def test_our_own_server_is_recognised(port: int) -> None:
    finding = judge_port(look_at_port("127.0.0.1", port, is_tls=False))
    assert finding.verdict is Verdict.GOOD
    assert "MyLLM is running" in finding.sentence


def test_another_server_on_our_port_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reachability, "_TIMEOUT_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        finding = judge_port(look_at_port("127.0.0.1", port, is_tls=False))
    assert finding.verdict is Verdict.BAD
    assert "--port" in finding.sentence


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.NONE, Answer.OTHER])
def test_an_address_that_refuses_phones_is_bad(answer: Answer) -> None:
    assert judge_address("http://192.168.1.5:8000/", answer).verdict is Verdict.BAD


@pytest.mark.parametrize(
    ("is_open", "pairs", "host", "verdict"),
    [
        (True, False, "0.0.0.0", Verdict.GOOD),
        (False, True, "0.0.0.0", Verdict.GOOD),
        (False, False, "0.0.0.0", Verdict.BAD),
        (True, True, "127.0.0.1", Verdict.BAD),
    ],
)
def test_who_gets_in(is_open: bool, pairs: bool, host: str, verdict: Verdict) -> None:
    assert who_gets_in(is_open=is_open, pairs=pairs, host=host).verdict is verdict


def test_every_address_is_tried_while_the_server_runs(
    port: int, conf: Overrides, monkeypatch: pytest.MonkeyPatch
) -> None:
    conf.host, conf.open = "127.0.0.1", True
    conf.port = port
    monkeypatch.setattr(reachability, "reachable", lambda _: ("127.0.0.1", "127.0.0.2"))
    first, second = network()[1:]
    assert (first.verdict, second.verdict) == (Verdict.GOOD, Verdict.BAD)


def test_without_a_network_that_is_bad(conf: Overrides, monkeypatch: pytest.MonkeyPatch) -> None:
    conf.host, conf.open = "0.0.0.0", True
    conf.port = free_port()
    monkeypatch.setattr(reachability, "reachable", lambda _: ())
    assert "join a Wi-Fi" in network()[-1].sentence
    assert network()[-1].verdict is Verdict.BAD
