"""The chat application as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Conversations, runs, and the socket they are used through."""

    name = "chat"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported here because Django's models are not there before.
        from chat.access.deleted_users import watch_deletions  # noqa: PLC0415
        from chat.checks import register_checks  # noqa: PLC0415

        register_checks()
        watch_deletions()
