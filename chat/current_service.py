"""The service of this process, for transports and commands, which pass it to use cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from django.apps import apps

if TYPE_CHECKING:
    from chat.service import ChatService


class _Holder(Protocol):
    """The part of `chat.apps.ChatConfig` that is used."""

    service: ChatService


def current_service() -> ChatService:
    """The service, created by the first call."""
    return cast(_Holder, apps.get_app_config("chat")).service


def service_if_made() -> ChatService | None:
    """The service, None if it was not created yet."""
    found: ChatService | None = vars(apps.get_app_config("chat")).get("service")
    return found
