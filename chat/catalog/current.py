"""The service whose models are meant."""

from __future__ import annotations

from chat.service import ChatService, get_service


def service() -> ChatService:
    """This process's."""
    return get_service()
