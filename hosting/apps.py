"""The hosting application as Django knows it: commands, templates and static files, no tables."""

from __future__ import annotations

from django.apps import AppConfig


class HostingConfig(AppConfig):
    """Serves the chat from this computer; another project serves it in its own way."""

    name = "hosting"
