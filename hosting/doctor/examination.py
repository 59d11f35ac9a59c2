"""All checks in the order in which a phone depends on them."""

from __future__ import annotations

from collections.abc import Iterator

from chat.conf import conf
from hosting.doctor import installation, secure, stores
from hosting.doctor.finding import Finding, good
from hosting.doctor.firewall import firewall
from hosting.doctor.reachability import network
from hosting.doctor.rented import rented
from hosting.doctor.wsl import wsl


def examine() -> Iterator[Finding]:
    """Yields one finding after the other, as soon as it is made."""
    # An invalid setting ends every command before this, with a sentence that names it.
    yield good("设置：有效", "Settings: valid")
    yield stores.database()
    yield stores.disk()
    yield stores.memory_for_models()
    yield from installation.models()
    yield installation.page()
    yield installation.clock()
    yield from network()
    yield from wsl(conf().port)
    yield from rented()
    yield from secure.https()
    ports = [conf().port, *([conf().tls_port] if conf().tls else [])]
    yield from dict.fromkeys(firewall(port) for port in ports)
    yield from installation.packages()
