import socket
from collections.abc import Iterator

import pytest

from chat.terminal import language
from chat.terminal.refusal import Refusal
from hosting.web.listener import bind


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_free_port_is_bound_and_refuses_until_it_listens() -> None:
    with bind("127.0.0.1", 0) as listener:
        address = listener.getsockname()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)
        listener.listen()
        socket.create_connection(address).close()


def test_a_port_in_use_is_reported_with_the_next_free_one(taken: int) -> None:
    with pytest.raises(Refusal, match=rf"Port {taken} is in use.*--port \d+") as refused:
        bind("127.0.0.1", taken)
    suggested = int(str(refused.value).rpartition(" ")[2])
    bind("127.0.0.1", suggested).close()


def test_all_addresses_are_taken_when_one_of_them_is(taken: int) -> None:
    with pytest.raises(Refusal, match="in use"):
        bind("0.0.0.0", taken)


@pytest.mark.parametrize("host", ["192.0.2.77", "no-such-host.invalid", "a" * 300, "1.2.3.4.5"])
def test_another_computers_address_is_one_sentence(host: str) -> None:
    with pytest.raises(Refusal, match="is no address of this computer"):
        bind(host, 0)


def test_ipv6_is_served_on_request() -> None:
    with bind("::1", 0) as listener:
        assert listener.family == socket.AF_INET6
