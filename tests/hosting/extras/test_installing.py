"""The computer's real pip installs an extra from an index on this computer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chat.terminal.refusal import Refusal
from hosting.extras.extra import Extra
from hosting.extras.installation import begin_installation, installation_of
from hosting.extras.installing import InstallProgress, install
from tests.hosting.sources.fake_sources import dead


def test_it_is_installed_with_progress_and_can_be_imported_then(extra: Extra) -> None:
    reported: list[InstallProgress] = []
    install(extra, reported.append)
    assert extra.is_installed
    assert reported[-1].is_writing
    assert all(0 <= one.megabytes <= one.total == 1 for one in reported)


def test_an_installed_extra_is_not_installed_again(extra: Extra) -> None:
    install(replace(extra, modules=("json",)), lambda _: pytest.fail("pip ran"))


def test_another_file_than_the_pinned_one_is_refused(extra: Extra) -> None:
    pins = extra.requirements.read_text(encoding="utf-8")
    extra.requirements.write_text(pins[: pins.index("sha256:")] + f"sha256:{'0' * 64}\n")
    with pytest.raises(Refusal, match="pears"):
        install(extra, lambda _: None)
    assert not extra.is_installed


def test_without_a_network_one_sentence_explains_what_to_do(
    extra: Extra, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MYLLM_PIP_INDEXES", dead())
    monkeypatch.setenv("PIP_RETRIES", "0")
    with pytest.raises(Refusal, match=r"MYLLM_PIP_INDEXES.*pip install"):
        install(extra, lambda _: None)


def test_in_the_background_two_requests_share_one(extra: Extra) -> None:
    first = begin_installation(extra)
    assert begin_installation(extra) is first
    assert installation_of(extra) is first
    assert first.ended.wait(120)
    assert (first.failure, extra.is_installed) == ("", True)


def test_in_the_background_a_failure_is_kept(extra: Extra, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYLLM_PIP_INDEXES", dead())
    monkeypatch.setenv("PIP_RETRIES", "0")
    begun = begin_installation(replace(extra, id="failing"))
    assert begun.ended.wait(120)
    assert "MYLLM_PIP_INDEXES" in begun.failure
