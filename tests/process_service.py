"""The one place where a test's own service stands in for the process's."""

from __future__ import annotations

import pytest
from django.apps import apps

from chat.service import ChatService


def use_service(monkeypatch: pytest.MonkeyPatch, service: ChatService) -> None:
    """Whoever asks for the service of this process gets this one, until the test ends."""
    monkeypatch.setitem(vars(apps.get_app_config("chat")), "service", service)
