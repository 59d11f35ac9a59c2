import ipaddress
import socket

import pytest

from chat.network.addresses import Candidate, Kind, kind_of, ranked, reachable


def candidate(address: str, interface: str = "") -> Candidate:
    return Candidate(ipaddress.ip_address(address), interface)


@pytest.mark.parametrize(
    ("address", "interface", "kind"),
    [
        ("10.42.0.1", "wlan0", Kind.HOTSPOT),
        ("192.168.137.1", "", Kind.HOTSPOT),
        ("192.168.2.1", "bridge100", Kind.HOTSPOT),
        ("192.168.1.5", "wlp3s0", Kind.WIFI),
        ("192.168.1.5", "en0", Kind.WIRED),
        ("172.20.10.2", "en0", Kind.WIRED),
        ("172.17.0.1", "docker0", Kind.VIRTUAL),
        ("127.0.0.1", "lo", Kind.VIRTUAL),
        ("100.64.0.1", "utun3", Kind.VIRTUAL),
        ("172.28.0.1", "", Kind.VIRTUAL),
        ("192.168.56.1", "", Kind.VIRTUAL),
        ("192.168.0.7", "", Kind.WIRED),
    ],
)
def test_the_network_is_known_by_name_and_address(address: str, interface: str, kind: Kind) -> None:
    assert kind_of(candidate(address, interface)) is kind


def test_the_likeliest_for_a_phone_comes_first() -> None:
    found = [
        candidate("fd00::1", "wlan0"),
        candidate("172.17.0.1", "docker0"),
        candidate("192.168.0.2", "eth0"),
        candidate("192.168.1.2", "wlan0"),
        candidate("10.42.0.1", "wlan1"),
    ]
    assert [str(entry.address) for entry in ranked(found, None)] == [
        "10.42.0.1",
        "192.168.1.2",
        "192.168.0.2",
        "172.17.0.1",
        "fd00::1",
    ]


def test_among_equals_the_default_route_wins() -> None:
    found = [candidate("192.168.0.2", "eth0"), candidate("192.168.5.2", "eth1")]
    first, _ = ranked(found, ipaddress.ip_address("192.168.5.2"))
    assert first.interface == "eth1"


def test_what_no_phone_reaches_is_left_out() -> None:
    found = [candidate(text) for text in ("127.0.0.1", "::1", "169.254.3.4", "fe80::1", "0.0.0.0")]
    assert ranked(found, None) == []


def test_an_address_is_named_once() -> None:
    assert len(ranked([candidate("10.0.0.2", "eth0"), candidate("10.0.0.2")], None)) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "no-such-host.invalid"])
def test_a_server_of_this_computer_alone_has_no_address(host: str) -> None:
    assert reachable(host) == ()


def test_one_address_is_its_own() -> None:
    assert reachable("192.168.1.5") == ("192.168.1.5",)


def test_ipv4_alone_is_named_when_ipv4_alone_is_served() -> None:
    assert all("." in address for address in reachable("0.0.0.0"))
    assert set(reachable("0.0.0.0")) <= set(reachable("::"))


def test_looking_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds: list[int] = []
    opened = socket.socket

    def open_socket(family: int, kind: int) -> socket.socket:
        kinds.append(kind)
        return opened(family, kind)

    monkeypatch.setattr(socket, "socket", open_socket)
    reachable("0.0.0.0")
    assert set(kinds) == {socket.SOCK_DGRAM}
