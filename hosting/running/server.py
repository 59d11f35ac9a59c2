"""The address of the server that runs on this data folder."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from chat.conf import conf
from chat.ownership.owner import served_at
from chat.ownership.running import running_owner


@dataclass(frozen=True, slots=True)
class RunningServer:
    """`context` is set if it serves https."""

    host: str
    port: int
    context: ssl.SSLContext | None = None

    @property
    def socket_url(self) -> str:
        """The URL of `ws/chat/`."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'wss' if self.context else 'ws'}://{name}:{self.port}/ws/chat/"


def running_server() -> RunningServer | None:
    """None if no process owns the data folder. A server that has not recorded its address is
    expected at that of the settings.
    """
    owner = running_owner(conf().data_dir)
    if owner is None:
        return None
    address = owner.address or served_at(conf().host, conf().port)
    found = urlsplit(address)
    context = _own_authority() if owner.https_port else None
    port = owner.https_port or found.port or conf().port
    return RunningServer(found.hostname or "localhost", port, context)


def _own_authority() -> ssl.SSLContext:
    """Trusts this computer's own authority, for any name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(conf().data_dir / "tls" / "authority.crt")
    return context
