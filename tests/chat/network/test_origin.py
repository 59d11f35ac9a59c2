"""Web origins in the form that browsers send."""

from __future__ import annotations

import pytest

from chat.network.host import parse_host
from chat.network.origin import parse_origin


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("https://a.example:443", "https://a.example"),
        ("HTTP://A.Example:80", "http://a.example"),
        ("http://a.example:443", "http://a.example:443"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("capacitor://localhost", "capacitor://localhost"),
    ],
)
def test_an_origin_has_one_form(text: str, sent: str) -> None:
    assert str(parse_origin(text)) == sent


@pytest.mark.parametrize(
    "text",
    ["null", "a.example", "https://a.example/", "https://", "https://u@a.example", "file://"],
)
def test_what_is_no_origin_is_none(text: str) -> None:
    assert parse_origin(text) is None


@pytest.mark.parametrize(
    ("origin", "host", "is_own"),
    [
        ("http://192.168.1.5:8000", "192.168.1.5:8000", True),
        ("http://Chat.Home", "chat.home:80", True),
        ("https://chat.home", "chat.home", True),
        ("http://[::1]:8000", "[0::1]:8000", True),
        ("http://chat.home:8001", "chat.home:8000", False),
        ("https://chat.home", "chat.home:80", False),
        ("ftp://chat.home", "chat.home", False),
    ],
)
def test_a_page_is_of_the_host_it_was_loaded_from(origin: str, host: str, is_own: bool) -> None:
    found, ours = parse_origin(origin), parse_host(host)
    assert found
    assert ours
    assert found.is_of(ours) is is_own
