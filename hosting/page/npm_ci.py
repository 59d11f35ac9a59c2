"""Runs `npm ci` with one registry or another, and watches its progress."""

from __future__ import annotations

import os
import re
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hosting.page.node import Node
from hosting.sources.fastest import trusted
from hosting.sources.npm_config import npm_setting
from hosting.sources.proxy import proxy_for
from hosting.sources.stall import Activity
from hosting.terminal.child import Outcome
from hosting.terminal.pip_downloads import bytes_below

NO_NETWORK = re.compile(
    r"ENOTFOUND|EAI_AGAIN|ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|E(NET|HOST)UNREACH|EPROTO"
    r"|ERR_SOCKET_TIMEOUT|ERR_SSL|CERT_|certificate|FETCH_ERROR|network request"
)
LACKING = re.compile(r"npm (?:error|ERR!) code (E[45]\d\d|EINTEGRITY|ETARGET|ENOVERSIONS)")
NO_SPACE = re.compile(r"ENOSPC|no space left", re.IGNORECASE)
_SCRIPTS = "npm info run "
"""npm runs the packages' scripts once all are downloaded."""
_RETRY_DELAYS = {"fetch-retry-mintimeout": "1000", "fetch-retry-maxtimeout": "5000"}
"""Milliseconds between attempts, instead of ten seconds and then a minute."""


@dataclass(frozen=True)
class NpmCi:
    """Runs in the folder `client`. Finished downloads stay in npm's cache."""

    node: Node
    client: Path

    @property
    def probe(self) -> str:
        return "-/ping"

    def trust(self) -> ssl.SSLContext:
        return trusted(Path(sys.prefix))

    def proxy(self, source: str) -> str:
        named = ("https-proxy", "proxy") if source.startswith("https:") else ("proxy",)
        settings = (npm_setting(name, os.environ, self.client) for name in named)
        return next((value for value in settings if value), "") or proxy_for(source)

    def run(self, source: str, on_line: Callable[[str], None], *, is_last: bool) -> Outcome:
        """Ignores `is_last`: npm's own number of attempts is kept."""
        variables = {"npm_config_registry": source} if source else {}
        for name, value in _RETRY_DELAYS.items():
            if not npm_setting(name, os.environ, self.client):
                variables[f"npm_config_{name.replace('-', '_')}"] = value
        return self.node.run(["ci", "--loglevel", "info"], self.client, on_line, **variables)

    def downloaded(self) -> int:
        """npm writes a file here until it is complete."""
        return bytes_below(self._cache() / "_cacache" / "tmp")

    def is_busy(self) -> bool:
        return False

    def activity_of(self, line: str) -> Activity:
        if line.startswith(_SCRIPTS):
            return Activity.DOWNLOADED
        return Activity.PROGRESS if line and " attempt " not in line else Activity.NONE

    def blames_source(self, output: str) -> bool:
        if NO_SPACE.search(output):
            return False
        return bool(NO_NETWORK.search(output) or LACKING.search(output))

    def _cache(self) -> Path:
        if configured := npm_setting("cache", os.environ, self.client):
            return Path(configured).expanduser()
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA", "~")).expanduser() / "npm-cache"
        return Path("~/.npm").expanduser()
