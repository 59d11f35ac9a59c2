"""Whose token a hub is shown."""

from __future__ import annotations

import pytest

from inference.catalog import hub_token
from inference.catalog.http import open_url
from inference.catalog.hub_token import hub_secrets
from tests.inference.catalog.hub import hub


@pytest.fixture(autouse=True)
def without_token(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "MODELSCOPE_API_TOKEN"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(hub_token, "find_spec", lambda name: None)


def test_without_a_token_nothing_is_sent() -> None:
    assert hub_secrets("Hugging Face") == hub_secrets("ModelScope") == {}


def test_each_hub_gets_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", " one ")
    monkeypatch.setenv("MODELSCOPE_API_TOKEN", "two")
    assert hub_secrets("Hugging Face") == {"Authorization": "Bearer one"}
    assert hub_secrets("ModelScope")["Cookie"] == "m_session_id=two"


@pytest.mark.parametrize("token", ["line\nbreak", "中文", "\x7f"])
def test_what_is_no_header_is_not_sent(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("HF_TOKEN", token)
    assert hub_secrets("Hugging Face") == {}


def test_a_token_does_not_follow_a_redirect() -> None:
    with hub() as first, hub() as second:
        second.files["/file"] = b"content"
        first.files["/file"], first.location, first.status = b"", f"{second.url}/file", 302
        open_url(f"{first.url}/file", 5, None, {"Authorization": "Bearer secret"}).close()
        assert (first.tokens, second.tokens) == (["Bearer secret"], [""])
