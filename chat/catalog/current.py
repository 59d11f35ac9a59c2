"""The service that holds the models."""

from __future__ import annotations

from chat.service import ChatService, get_service


def service() -> ChatService:
    """The service of this process."""
    return get_service()
