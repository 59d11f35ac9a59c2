"""How many HTTP connections there may be, from one address and in total.

Connections upgraded to WebSockets are not counted: `chat.access.unauthenticated_sockets` limits
those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from hosting.conf import hosting_conf


class Connection(Protocol):
    """One HTTP connection."""

    address: str

    @property
    def waits(self) -> bool:
        """Whether the client has to act next."""
        ...

    def cut(self) -> None:
        """Close it at once."""
        ...


class ConnectionLimit:
    """At the limit, closes the oldest connection that waits for its client: phones send requests
    within milliseconds, so the oldest waiting ones belong to a flood.
    """

    def __init__(self) -> None:
        self._by_address: defaultdict[str, dict[Connection, None]] = defaultdict(dict)
        self._open: dict[Connection, None] = {}

    def enter(self, connection: Connection) -> None:
        """Count a new connection; it is closed itself if no other one waits for its client."""
        of_address = self._by_address[connection.address]
        of_address[connection] = self._open[connection] = None
        if len(of_address) > hosting_conf().connections_per_address:
            self._evict(of_address, connection)
        elif len(self._open) > hosting_conf().connections:
            self._evict(self._open, connection)

    def leave(self, connection: Connection) -> None:
        """The connection was closed or upgraded. Idempotent."""
        if connection not in self._open:
            return
        del self._open[connection]
        del self._by_address[connection.address][connection]
        if not self._by_address[connection.address]:
            del self._by_address[connection.address]

    def __len__(self) -> int:
        return len(self._open)

    def _evict(self, among: Iterable[Connection], newest: Connection) -> None:
        evicted = next((one for one in among if one.waits), newest)
        self.leave(evicted)
        evicted.cut()


connection_limit = ConnectionLimit()
"""The limit of this process."""
