"""Marking at every start what was deleted long ago; the server removes it once it serves."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection

from chat.library.removal import mark_old

logger = logging.getLogger(__name__)


def purge_deleted() -> None:
    """A database that does not take it is no reason not to start: what is served will say so,
    and the next start tries again.
    """
    try:
        mark_old()
    except DatabaseError:
        logger.exception("what was deleted long ago could not be removed")
    finally:
        connection.close()
