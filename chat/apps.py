"""The chat application as Django knows it, with the one service of this process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from chat.service import ChatService


class ChatConfig(AppConfig):
    """Conversations, runs, and the socket they are used through."""

    name = "chat"
    default_auto_field = "django.db.models.BigAutoField"

    @cached_property
    def service(self) -> ChatService:
        """Created by its first use: commands that need none import no engine. The lifespan starts
        and closes it.
        """
        # Imported here because it imports the engine.
        from chat.configured import configured_service  # noqa: PLC0415

        return configured_service()

    def ready(self) -> None:
        # Imported here because Django's models are not there before.
        from chat.access.deleted_users import watch_deletions  # noqa: PLC0415
        from chat.checks import register_checks  # noqa: PLC0415

        register_checks()
        watch_deletions()
