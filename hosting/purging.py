"""Marking at every start what was deleted long ago; the server removes it once it serves."""

from __future__ import annotations

import logging

from django.db import connection

from chat.removal import mark_old

logger = logging.getLogger(__name__)


def purge_deleted() -> None:
    """What fails here is no reason not to start: a database that does not take it will say so when
    it is asked, and the next start tries again.
    """
    try:
        mark_old()
    except Exception:
        logger.exception("what was deleted long ago could not be removed")
    finally:
        connection.close()
