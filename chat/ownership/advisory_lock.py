"""A PostgreSQL lock for the one process, on any computer, that owns a database.

https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

from __future__ import annotations

import os
import platform
import selectors
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connection

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal

KEY = "1299794764, hashtext(coalesce(current_schema(), '')) & 2147483647"
"""The first number is "MyLL" in ASCII, the second one the schema. Keys are unique within one
database.
"""
_TRY = f"SELECT pg_try_advisory_lock({KEY})"
_HOLDER = """
SELECT coalesce(nullif(application_name, ''), 'process ' || pid), coalesce(client_addr::text, ''),
       to_char(backend_start, 'YYYY-MM-DD HH24:MI:SS')
FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND classid = 1299794764 AND objsubid = 2
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND objid::bigint = hashtext(coalesce(current_schema(), '')) & 2147483647
"""
_KEEPALIVES = (
    "tcp_keepalives_idle = 10",
    "tcp_keepalives_interval = 5",
    "tcp_keepalives_count = 3",
)
"""Seconds. PostgreSQL releases the lock of a computer that lost its power after 25 s."""
_SHORTLY = 3.0
"""Seconds that PostgreSQL may need to detect that a process was killed."""
_BETWEEN_LOOKS = 10.0
_BETWEEN_TRIES = 0.1
_BETWEEN_CONNECTIONS = 1.0
_NAME_BYTES = 63


class AdvisoryLock:
    """A session-level lock on a connection of its own, which a thread watches.

    PostgreSQL releases it when the connection ends, so the lock of a dead process is free at once.
    If the connection is lost, the lock is acquired again with a new connection. If another process
    holds it by then, `on_lost` is called with the sentence, and this process must not write any
    more. A pooler that shares sessions (PgBouncer's transaction mode) cannot hold such a lock.
    """

    def __init__(self, on_lost: Callable[[Refusal], None]) -> None:
        self._on_lost = on_lost
        self._session: Any = None

    def take(self) -> None:
        """Acquire the lock. Raises `DatabaseError`, and `Refusal` if another process holds it."""
        until = time.monotonic() + _SHORTLY
        while not self._connect():
            if time.monotonic() > until:
                raise self._refusal()
            time.sleep(_BETWEEN_TRIES)
        threading.Thread(target=self._watch, name="database lock", daemon=True).start()

    def _connect(self) -> bool:
        """Connect and try to acquire the lock; whether this process holds it."""
        if self._session is None:
            self._session = _session()
        return bool(_fetched(self._session, _TRY)[0])

    def _watch(self) -> None:
        while True:
            if self._is_cut_off():
                self._take_again()

    def _is_cut_off(self) -> bool:
        """Wait for the end of the connection, which is the only event on it."""
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(self._session.fileno(), selectors.EVENT_READ)
                selector.select(_BETWEEN_LOOKS)
            _fetched(self._session, "SELECT 1")
        except Exception:  # noqa: BLE001 - the connection is not used any more
            return True
        return False

    def _take_again(self) -> None:
        """Acquire it again. No process can write while the database is unreachable."""
        while True:
            with suppress(Exception):
                self._session.close()
            self._session = None
            try:
                if not self._connect():
                    self._on_lost(self._refusal())
                return
            except Exception:  # noqa: BLE001 - only this thread watches the lock
                time.sleep(_BETWEEN_CONNECTIONS)

    def _refusal(self) -> Refusal:
        holder = _fetched(self._session, _HOLDER) or ("", "", "")
        return _occupied(str(connection.settings_dict["NAME"]), *map(str, holder))


def _session() -> Any:
    name = f"MyLLM process {os.getpid()} on {platform.node()}"
    wanted = connection.get_connection_params()
    wanted["application_name"] = name.encode("ascii", "replace")[:_NAME_BYTES].decode()
    with connection.wrap_database_errors:
        session = connection.get_new_connection(wanted)
        session.autocommit = True
        for setting in _KEEPALIVES:
            session.execute(f"SET {setting}")
    return session


def _fetched(session: Any, query: str) -> Any:
    with connection.wrap_database_errors, session.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()


def _occupied(database: str, name: str, address: str, since: str) -> Refusal:
    where = f" ({address})" if address else ""
    return Refusal(
        pick(
            f"数据库 {database} 已由另一个 MyLLM 使用（{name}{where}，{since} 起）：请使用那一个，"
            "或停止它后重试，或用 DATABASE_URL 换一个数据库。",
            f"Another MyLLM uses the database {database} already ({name}{where}, since {since}): "
            "use that one, or stop it and try again, or name another database by DATABASE_URL.",
        )
    )
