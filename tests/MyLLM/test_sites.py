"""Hosts and origins as people type them: accepted, or refused with the right spelling."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from chat.access.known_hosts import is_known_host, names_of
from chat.access.origins import OriginKind, canonical, kind_of
from chat.conf.wrong_value import WrongValueError
from MyLLM.env.network import hosts, origin, origins
from MyLLM.env.typed import Typed
from MyLLM.sites import read_host, read_origins, read_public_url

LABEL = st.from_regex(r"[a-z]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
NAMES = st.lists(LABEL, min_size=1, max_size=3).map(".".join)
PORTS = st.none() | st.integers(1, 65535)
SCHEMES = st.sampled_from(["http", "https"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("http://localhost:3000/", ("http://localhost:3000",)),
        ("localhost:3000", ("http://localhost:3000", "https://localhost:3000")),
        ("HTTPS://A.Example:443", ("https://a.example",)),
        ("https://a.example https://b.example", ("https://a.example", "https://b.example")),
        (
            "https://a.example，http://b；http://c:1",
            ("https://a.example", "http://b", "http://c:1"),
        ),
        ("ｈｔｔｐ：／／localhost：３０００", ("http://localhost:3000",)),
        ("http://пример.рф", ("http://xn--e1afmkfd.xn--p1ai",)),
        ("http://例子.中国/", ("http://xn--fsqu00a.xn--fiqs8s",)),
        ('"http://a.example"  # mine', ("http://a.example",)),
        ("[::1]:3000", ("http://[::1]:3000", "https://[::1]:3000")),
        ("capacitor://localhost", ("capacitor://localhost",)),
        ("http://a.example, HTTP://A.EXAMPLE/", ("http://a.example",)),
        ("", ()),
    ],
)
def test_origins_are_understood(typed: str, meant: tuple[str, ...]) -> None:
    value = Typed("MYLLM_ORIGINS", typed)
    assert origins(value) == meant


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("*", "list each site"),
        ("＊", "list each site"),
        ("https://*.a.example", "list each site"),
        ("null", "Apps"),
        ("file://", "Apps"),
        ("https://a.example/page", "write https://a.example"),
        ("ws://a.example:1", "write http://a.example:1"),
        ("https://", "a.example"),
        ("https://u:p@a.example", "a.example"),
        ("https://a.example:99999", "a.example"),
        ("http://straße.example", "xn--"),
    ],
)
def test_other_origins_stop_the_start(typed: str, instead: str) -> None:
    value = Typed("MYLLM_ORIGINS", f"https://good.example, {typed}")
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_ORIGINS=.*无效") as refused:
        origins(value)
    assert instead in str(refused.value)
    assert "good.example" not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Chat.Home:8000, http://nas/", ("chat.home", "nas")),
        ("2001:DB8::1 [::1]:80 203.0.113.7", ("2001:db8::1", "::1", "203.0.113.7")),
        ("例子.中国", ("xn--fsqu00a.xn--fiqs8s",)),
    ],
)
def test_hosts_are_understood(typed: str, meant: tuple[str, ...]) -> None:
    value = Typed("MYLLM_HOSTS", typed)
    assert hosts(value) == meant


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("*", "DNS rebinding"),
        ("*.a.example", "DNS rebinding"),
        (".a.example", "DNS rebinding"),
        ("http://a.example/chat", "write a.example"),
        ("192.168.0.0/16", "write 192.168.0.0"),
        ("a@b", "a.example"),
    ],
)
def test_other_hosts_stop_the_start(typed: str, instead: str) -> None:
    value = Typed("MYLLM_HOSTS", typed)
    with pytest.raises(ImproperlyConfigured, match="MYLLM_HOSTS") as refused:
        hosts(value)
    assert instead in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("HTTPS://Chat.Example.com:443/", "https://chat.example.com"),
        ("http://例子.中国:8000", "http://xn--fsqu00a.xn--fiqs8s:8000"),
        ("", ""),
    ],
)
def test_the_public_url_is_understood(typed: str, meant: str) -> None:
    value = Typed("X", typed)
    assert origin(value) == meant


def test_the_public_url_needs_a_scheme_and_says_which() -> None:
    for typed in ("chat.example.com", "wss://chat.example.com"):
        value = Typed("X", typed)
        with pytest.raises(ImproperlyConfigured, match=r"write https://chat\.example\.com"):
            origin(value)


@given(SCHEMES, NAMES, PORTS, st.sampled_from(["", "/"]), st.booleans())
def test_a_listed_site_is_admitted(
    scheme: str, name: str, port: int | None, slash: str, is_upper: bool
) -> None:
    typed = f"{scheme}://{name}" + (f":{port}" if port else "") + slash
    listed = canonical(read_origins(typed.upper() if is_upper else typed))
    is_default = port == {"http": 80, "https": 443}[scheme]
    sent = f"{scheme}://{name}" + (f":{port}" if port and not is_default else "")
    assert kind_of(sent, "127.0.0.1", listed) is OriginKind.LISTED
    assert kind_of(f"{scheme}://evil.{name}", "127.0.0.1", listed) is OriginKind.FOREIGN


@given(NAMES, PORTS, st.booleans())
def test_a_listed_host_is_known(name: str, port: int | None, is_upper: bool) -> None:
    typed = f"{name}:{port}" if port else name
    listed = names_of((read_host(typed.upper() if is_upper else typed),), "")
    assert is_known_host(typed, listed, ())
    assert is_known_host(name.title(), listed, ())
    assert not is_known_host(f"evil.{name}", listed, ())


@given(st.text(max_size=30))
def test_any_text_is_understood_or_refused_in_a_sentence(text: str) -> None:
    for read in (origins, hosts, origin):
        assert _outcome(read, text).startswith("MYLLM_X=")


def _outcome(read: Callable[[Typed], object], text: str) -> str:
    try:
        return f"MYLLM_X={read(Typed('MYLLM_X', text))}"
    except ImproperlyConfigured as refused:
        return str(refused)


@pytest.mark.parametrize("typed", ["my_pc", "MY_PC:8000", "http://my_pc/"])
def test_a_host_that_django_answers_nothing_for_stops_the_start(typed: str) -> None:
    with pytest.raises(WrongValueError, match="underscore"):
        read_host(typed)
    with pytest.raises(WrongValueError):
        read_public_url(typed)
