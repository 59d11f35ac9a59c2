import ssl
import sys
from pathlib import Path

import pytest

from hosting.sources import fastest
from hosting.sources.fastest import first_to_answer, trusted
from tests.hosting.sources.fake_sources import answering, dead, mute, serving

TRUST = ssl.create_default_context()


def first(*urls: str) -> str | None:
    return first_to_answer(urls, "certifi/", TRUST)


def test_the_one_that_answers_is_taken() -> None:
    with mute() as silent, serving(answering(200)) as alive:
        assert first(silent, dead(), alive) == alive


@pytest.mark.parametrize(("status", "counts"), [(404, True), (403, True), (500, False)])
def test_a_refusal_is_an_answer_and_a_failure_is_none(status: int, counts: bool) -> None:
    with serving(answering(status)) as source:
        assert (first(source) == source) is counts


def test_without_answers_the_wait_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastest, "ANSWER_SECONDS", 0.05)
    with mute() as silent:
        assert first(silent, "file:///nowhere", "http://[") is None


def test_a_name_and_password_are_sent_as_pip_sends_them() -> None:
    asked: list[tuple[str, str | None]] = []
    with serving(answering(200, asked)) as source:
        assert first(source.replace("//", "//me:s%40cret@") + "/")
    assert asked == [("/simple/certifi/", "Basic bWU6c0BjcmV0")]


def test_pips_own_authorities_are_trusted_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = ssl.PROTOCOL_TLS_CLIENT
    monkeypatch.setattr(ssl, "create_default_context", lambda: ssl.SSLContext(bare))
    assert trusted(tmp_path).get_ca_certs() == []
    assert trusted(Path(sys.prefix)).get_ca_certs()
    named = next(Path(sys.prefix).rglob("pip/_vendor/certifi/cacert.pem"))
    assert trusted(tmp_path, str(named)).get_ca_certs()
    assert trusted(tmp_path, str(tmp_path / "missing.pem")).get_ca_certs() == []
