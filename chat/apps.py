"""The chat application as Django knows it, with the one service of this process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from django.apps import AppConfig, apps

if TYPE_CHECKING:
    from chat.service import ChatService


class ChatConfig(AppConfig):
    """Conversations, runs, and the socket they are used through."""

    name = "chat"
    default_auto_field = "django.db.models.BigAutoField"

    @cached_property
    def service(self) -> ChatService:
        """Made at its first use: commands that need none import no engine. Starting and closing it
        is the affair of whoever serves.
        """
        from chat.configured import configured_service  # noqa: PLC0415 - models are not ready before

        return configured_service()


def current_service() -> ChatService:
    """The service of this process, for transports and commands. Use cases are handed it."""
    return cast(ChatConfig, apps.get_app_config("chat")).service
