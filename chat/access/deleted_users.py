"""Deletes the conversations of users who are deleted in the project the chat is installed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete

from chat.access.project_users import member_of
from chat.conf import conf
from chat.current_service import service_if_made
from chat.errors import ChatError
from chat.store.members import expire_member


def watch_deletions() -> None:
    """Connect the signal. Call it once, when all models are loaded."""
    post_delete.connect(_remove, sender=settings.AUTH_USER_MODEL, dispatch_uid="chat.deleted_user")


def _remove(sender: type, instance: Any, **kwargs: Any) -> None:
    """Revoke the member's access with the transaction. The data is deleted by a running server, or
    by `manage.py purge`.
    """
    if not conf().project_users:
        return
    try:
        expire_member(member_of(instance.pk))
    except ChatError:
        return  # never used the chat
    transaction.on_commit(_wake)


def _wake() -> None:
    if service := service_if_made():
        service.remover.wake_from_any_thread()
