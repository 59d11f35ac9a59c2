"""The certificate as it is served, kept up to date while the server runs."""

from __future__ import annotations

import asyncio
import datetime
import logging
import ssl
from collections.abc import Callable

from chat.terminal.refusal import Refusal
from hosting.tls.names import Names
from hosting.tls.safe import Safe

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 5.0
_pause = asyncio.sleep


class ServedCertificate:
    """`names` tells the server's names at any time."""

    def __init__(self, safe: Safe, names: Callable[[], Names]) -> None:
        self._safe = safe
        self._names = names
        self._safe.renew(names(), _now())
        self.context = _context()
        self._load()

    def fingerprint(self) -> str:
        """Of the authority."""
        return self._safe.authority(_now()).fingerprint()

    async def keep_current(self) -> None:
        """For as long as the server runs: another certificate when this computer's names change
        or the old one nears its end. Connections that stand keep theirs. What the disk does not
        take is told once and tried again.
        """
        trouble = ""
        while True:
            await _pause(_LOOK_SECONDS)
            try:
                if await asyncio.to_thread(self._renewed):
                    self._load()
                trouble = ""
            except (OSError, Refusal) as error:
                if trouble != str(error):
                    logger.warning("the certificate could not be renewed: %s", error)
                trouble = str(error)

    def _renewed(self) -> bool:
        return self._safe.renew(self._names(), _now())

    def _load(self) -> None:
        self.context.load_cert_chain(self._safe.server_file)


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
