"""Access to the database: one thread, and one error code for its failures."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from channels.db import database_sync_to_async
from django.db import DatabaseError, connection

from chat.errors import ChatError, ErrorCode

P = ParamSpec("P")
R = TypeVar("R")


def check_database() -> None:
    """Run a trivial query. Raises `DatabaseError` if the database does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


async def in_database(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a function of this package on the database's thread.

    Raises what it raises; errors of the database become `ChatError` with `storage_failed`.
    """
    try:
        result: R = await database_sync_to_async(function)(*args, **kwargs)
    except DatabaseError as error:
        raise ChatError(ErrorCode.STORAGE_FAILED) from error
    return result
