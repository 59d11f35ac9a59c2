"""`manage.py check` names what a project lacks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.checks import CheckMessage
from django.core.management import call_command
from pytest_django import Settings

from chat import checks
from chat.conf import conf


def _ids(check: Callable[..., list[CheckMessage]]) -> list[str | None]:
    return [found.id for found in check()]


def test_our_own_project_passes() -> None:
    call_command("check", "--tag", "chat", "--fail-level", "WARNING")


def test_wrong_settings_are_an_error(settings: Settings) -> None:
    settings.MYLLM = {"NO_SUCH": 1}
    (found,) = checks.check_settings()
    assert found.id == "chat.E001"
    assert "NO_SUCH" in found.msg
    settings.MYLLM = {}
    assert conf()


def test_a_missing_application_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "django.contrib.sessions")
    (found,) = checks.check_applications()
    assert found.id == "chat.E002"
    assert "sessions" in found.msg


@pytest.mark.urls("tests.chat.urls_without_chat")
def test_urls_that_are_not_included_are_named() -> None:
    assert _ids(checks.check_urls) == ["chat.W001"]


@pytest.mark.urls("tests.chat.urls_before_chat")
def test_another_url_before_the_chats_is_named() -> None:
    (found,) = checks.check_urls()
    assert found.id == "chat.W002"
    assert "/chat/healthz" in found.msg


def test_a_replaced_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"apikey": "chat", "members": "shop", "purge": "chat"}
    monkeypatch.setattr(checks, "get_commands", lambda: own)
    assert _ids(checks.check_commands) == ["chat.W003"]
