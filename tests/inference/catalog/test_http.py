"""Passwords in addresses go where they belong and nowhere else."""

from __future__ import annotations

import pytest

from inference.catalog.http import open_url, proxy_of
from tests.inference.catalog.hub import hub


def test_a_password_in_an_address_is_no_part_of_the_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with hub() as index:
        index.files["/simple/a/"] = b"{}"
        address = index.index.replace("//", "//me:secret@")
        with open_url(f"{address}/a/", 5) as response:
            assert response.geturl() == f"{index.index}/a/"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/a"])
def test_only_the_web_is_asked(address: str) -> None:
    with pytest.raises(OSError, match="not an address of the web"):
        open_url(address, 5)


def test_a_proxy_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", "http://me:secret@10.0.0.1:3128")
    assert proxy_of("https://example.com/") == "http://10.0.0.1:3128"
    monkeypatch.setenv("no_proxy", "example.com")
    assert proxy_of("https://example.com/") == ""
