"""Trusted proxies: addresses and networks, in every spelling."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from uvicorn.middleware.proxy_headers import _TrustedHosts

from MyLLM.env.network import proxies
from MyLLM.env.typed import Typed
from MyLLM.proxies import read_proxy


@pytest.mark.parametrize(
    ("typed", "addresses", "others"),
    [
        ("127.0.0.1,::1", ("127.0.0.1", "::1", "::ffff:127.0.0.1"), "127.0.0.2"),
        ("localhost", ("127.0.0.1", "::1"), "127.0.0.2"),
        ("10.1.2.3/8", ("10.9.9.9", "::ffff:10.9.9.9"), "11.0.0.1"),
        ("http://192.168.1.5:80/", ("192.168.1.5",), "192.168.1.6"),
        ("[2001:db8::5]:443", ("2001:db8::5",), "2001:db8::6"),
        ("fd00::/8", ("fd12::1",), "fe80::1"),
    ],
)
def test_proxies_are_understood(typed: str, addresses: tuple[str, ...], others: str) -> None:
    value = Typed("X", typed)
    trusted = _TrustedHosts(list(proxies(value)))
    assert all(address in trusted for address in addresses)
    assert others not in trusted


@pytest.mark.parametrize("typed", ["*", "0.0.0.0/0", "::/0", "nginx", "10.0.0.0/33", "http://a/b"])
def test_all_addresses_and_names_are_refused(typed: str) -> None:
    value = Typed("MYLLM_PROXIES", typed)
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_PROXIES=.*192\.168\.1\.5"):
        proxies(value)


def test_without_proxies_none_is_trusted() -> None:
    value = Typed("MYLLM_PROXIES", "")
    assert proxies(value) == ()


@given(st.ip_addresses(v=4), st.integers(1, 32))
def test_a_network_is_trusted_in_both_families(address: object, prefix: int) -> None:
    trusted = _TrustedHosts(list(read_proxy(f"{address}/{prefix}")))
    assert str(address) in trusted
    assert f"::ffff:{address}" in trusted
