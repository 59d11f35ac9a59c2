"""The chat application as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Conversations, runs, and the socket they are used through."""

    name = "chat"
    default_auto_field = "django.db.models.BigAutoField"
