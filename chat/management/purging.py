"""Removing for good, at every start, what was deleted long ago, and the guests of yesterday."""

from __future__ import annotations

import logging

from django.db import connection

from chat.access.household import forget_guests
from chat.library.conversations import purge

logger = logging.getLogger(__name__)


def purge_deleted() -> None:
    """What fails here is no reason not to start: a database that does not take it will say so when
    it is asked, and the next start tries again.
    """
    try:
        purge()
        forget_guests()
    except Exception:
        logger.exception("what was deleted long ago could not be removed")
    finally:
        connection.close()
