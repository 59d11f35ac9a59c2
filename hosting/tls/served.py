"""The certificate in use, renewed while the server runs."""

from __future__ import annotations

import asyncio
import datetime
import logging
import ssl
from collections.abc import Callable

from chat.terminal.refusal import Refusal
from hosting.tls.key_folder import KeyFolder
from hosting.tls.names import Names

logger = logging.getLogger(__name__)

_POLL_SECONDS = 5.0
_pause = asyncio.sleep


class ServedCertificate:
    """`names` returns the server's current names."""

    def __init__(self, folder: KeyFolder, names: Callable[[], Names]) -> None:
        self._folder = folder
        self._names = names
        self._folder.renew(names(), _now())
        self.context = _context()
        self._load()

    def fingerprint(self) -> str:
        """The authority's."""
        return self._folder.authority(_now()).fingerprint()

    async def keep_current(self) -> None:
        """Runs as long as the server: renews the certificate when this computer's names change or
        it expires soon. Open connections keep the old one. A failed write is logged once and
        retried.
        """
        last_error = ""
        while True:
            await _pause(_POLL_SECONDS)
            try:
                if await asyncio.to_thread(self._renewed):
                    self._load()
                last_error = ""
            except (OSError, Refusal) as error:
                if last_error != str(error):
                    logger.warning("the certificate could not be renewed: %s", error)
                last_error = str(error)

    def _renewed(self) -> bool:
        return self._folder.renew(self._names(), _now())

    def _load(self) -> None:
        self.context.load_cert_chain(self._folder.server_file)


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
