"""The one service of this process, for transports and commands. Use cases are handed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from django.apps import apps

if TYPE_CHECKING:
    from chat.service import ChatService


class _Holder(Protocol):
    """What `chat.apps.ChatConfig` has."""

    service: ChatService


def current_service() -> ChatService:
    """Made at its first use."""
    return cast(_Holder, apps.get_app_config("chat")).service


def service_if_made() -> ChatService | None:
    """None in a process that has not used it: nothing is loaded for the question."""
    found: ChatService | None = vars(apps.get_app_config("chat")).get("service")
    return found
