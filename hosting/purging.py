"""Marks at every start what was deleted long ago; the server removes it while it runs."""

from __future__ import annotations

import logging

from django.db import connection

from chat.removal import mark_old

logger = logging.getLogger(__name__)


def purge_deleted() -> None:
    """A failure does not prevent the start: the server reports a broken database itself, and the
    next start tries again.
    """
    try:
        mark_old()
    except Exception:
        logger.exception("what was deleted long ago could not be removed")
    finally:
        connection.close()
