"""What `serve --tls` adds to a server."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chat.access.announced import announced_names
from chat.conf import conf
from chat.network.addresses import reachable
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from hosting.conf import hosting_conf
from hosting.tls.key_folder import KeyFolder
from hosting.tls.names import Names, names_of
from hosting.tls.served import ServedCertificate
from hosting.web.guide_server import GuideServer
from hosting.web.listener import bind
from hosting.web.server import Watcher


@dataclass(frozen=True)
class Https:
    """`listener` is the socket of https; `watchers` run while the server does, one of them serves
    the guide over plain http. `fingerprint` is the authority's.
    """

    listener: socket.socket
    context: ssl.SSLContext
    fingerprint: str
    watchers: Sequence[Watcher]


def prepare_https(host: str, plain: socket.socket) -> Https:
    """The certificate for a server on `host`, and a socket for it beside the `plain` one, which
    becomes the guide's. Raises `Refusal` if either is unavailable.
    """
    secure_port = conf().tls_port
    if secure_port == conf().port:
        raise Refusal(
            pick(
                "MYLLM_TLS_PORT 和 MYLLM_PORT 不能相同，请换一个。",
                "MYLLM_TLS_PORT must differ from MYLLM_PORT; choose another.",
            )
        )
    listener = bind(host, secure_port, "MYLLM_TLS_PORT={port}")
    served = ServedCertificate(key_folder_in(conf().data_dir), lambda: _names(host))
    watchers = (
        Watcher("certificate renewal", served.keep_current),
        Watcher("guide", lambda: GuideServer().serve_until_cancelled(plain)),
    )
    return Https(listener, served.context, served.fingerprint(), watchers)


def key_folder_in(data: Path) -> KeyFolder:
    """The folder where `hosting.pages.trust` finds the authority's certificate."""
    return KeyFolder(data / "tls")


def _names(host: str) -> Names:
    """Includes the mDNS name before it is announced."""
    known = {hosting_conf().mdns_name, *conf().hosts} - {""}
    return names_of(reachable(host), known | announced_names())
