"""The Django application `hosting`: commands, templates and static files, no tables."""

from __future__ import annotations

from django.apps import AppConfig


class HostingConfig(AppConfig):
    """Serves the chat from this computer. A project that mounts the chat does without it."""

    name = "hosting"
