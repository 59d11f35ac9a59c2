import pytest

from hosting.sources.proxy import proxy_for


@pytest.fixture(autouse=True)
def environ(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("https_proxy", "http://me:secret@proxy:3128")
    monkeypatch.setenv("no_proxy", "near.example")


def test_the_environments_proxy_is_found_by_scheme() -> None:
    assert proxy_for("https://pypi.org/simple") == "http://me:secret@proxy:3128"
    assert proxy_for("http://pypi.org/simple") == ""


def test_a_direct_request_has_none() -> None:
    assert proxy_for("https://near.example/simple") == ""


def test_a_proxy_may_be_for_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "http://all:1")
    assert proxy_for("http://pypi.org/simple") == "http://all:1"
