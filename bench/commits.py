"""Counts the transactions SQLite commits on the database's one thread."""

from __future__ import annotations

from django.db import connection

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class CommitCount:
    """`commits` since it was installed; a write outside a transaction is one of its own."""

    def __init__(self) -> None:
        self.commits = 0
        self._is_open = False

    def install(self) -> None:
        """To be called on the database's thread."""
        connection.ensure_connection()
        connection.connection.set_trace_callback(self._see)

    def _see(self, statement: str) -> None:
        word = statement.lstrip().split(" ", 1)[0].upper()
        if word == "BEGIN":
            self._is_open = True
        elif word in ("COMMIT", "ROLLBACK"):
            self._is_open = False
            self.commits += word == "COMMIT"
        elif word in _WRITES and not self._is_open:
            self.commits += 1
