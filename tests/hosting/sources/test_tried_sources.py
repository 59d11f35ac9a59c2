import pytest

from chat.terminal import language
from hosting.sources.tried_sources import TriedSources


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


def test_a_proxy_is_named_without_its_password() -> None:
    tried = TriedSources(
        "X", ("https://me:secret@a.example/", "http://b:1/"), "http://me:secret@p:3128"
    )
    assert tried.where() == "a.example, b:1, through the proxy p:3128"
    assert tried.way_out() == "check the network, switch the proxy off, or name other sources in X"
    assert "secret" not in tried.stalled_sentence()


def test_without_a_proxy_none_is_mentioned() -> None:
    assert (
        TriedSources("X", ("http://a/",)).way_out()
        == "check the network, or name other sources in X"
    )


def test_untried_sources_are_not_named() -> None:
    assert TriedSources("X").in_brackets() == ""
