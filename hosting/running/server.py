"""Where the server that runs on this data folder answers."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from chat.conf import conf
from chat.ownership.owner import served_at
from chat.ownership.running import running_owner


@dataclass(frozen=True, slots=True)
class RunningServer:
    """`context` is set where it serves https."""

    host: str
    port: int
    context: ssl.SSLContext | None = None

    @property
    def socket_url(self) -> str:
        """Of `ws/chat/`."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'wss' if self.context else 'ws'}://{name}:{self.port}/ws/chat/"


def running_server() -> RunningServer | None:
    """Whichever port it was started with; None where no process owns the data folder. One that did
    not say where it answers is looked for by the settings.
    """
    owner = running_owner(conf().data_dir)
    if owner is None:
        return None
    address = owner.address or served_at(conf().host, conf().port)
    found = urlsplit(address)
    context = _trusting() if owner.https_port else None
    port = owner.https_port or found.port or conf().port
    return RunningServer(found.hostname or "localhost", port, context)


def _trusting() -> ssl.SSLContext:
    """Trusts this computer's own authority, whatever name its certificate is for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(conf().data_dir / "tls" / "authority.crt")
    return context
