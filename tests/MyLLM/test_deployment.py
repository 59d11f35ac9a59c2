"""The production settings as Django's own checks see them."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command


def test_the_deployment_checks_are_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    assert not settings.DEBUG
    call_command("check", deploy=True, fail_level="WARNING")
    assert "WARNING" not in capsys.readouterr().err


def test_no_cookie_leaves_the_admin() -> None:
    assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/admin/"
