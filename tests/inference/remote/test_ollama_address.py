"""Addresses are understood as Ollama itself understands them."""

from __future__ import annotations

import pytest

from inference.remote.ollama_address import parsed


@pytest.mark.parametrize(
    ("typed", "url", "local"),
    [
        ("", "http://127.0.0.1:11434", True),
        ("localhost", "http://localhost:11434", True),
        (":7000", "http://127.0.0.1:7000", True),
        ("0.0.0.0", "http://127.0.0.1:11434", True),
        ("http://[::]:7000", "http://[::1]:7000", True),
        ("::1", "http://[::1]:11434", True),
        ("192.168.1.2:7000", "http://192.168.1.2:7000", False),
        ("http://nas.local", "http://nas.local:80", False),
        ("https://ollama.example/api-base/", "https://ollama.example:443/api-base", False),
        ("http://user:word@10.0.0.2:1", "http://user:word@10.0.0.2:1", False),
    ],
)
def test_any_part_may_be_missing(typed: str, url: str, local: bool) -> None:
    address = parsed(typed)
    assert (address.url, address.is_local) == (url, local)


def test_people_read_no_password() -> None:
    assert parsed("http://user:word@10.0.0.2:1").host == "10.0.0.2:1"


@pytest.mark.parametrize("typed", ["ftp://host", "http://host:port", "file:///etc"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"no address|Port"):
        parsed(typed)
