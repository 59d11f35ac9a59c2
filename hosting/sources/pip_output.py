"""pip's messages about failures."""

from __future__ import annotations

import re

NO_NETWORK = re.compile(
    r"NewConnectionError|Max retries exceeded|Connection broken|ConnectionResetError|timed out"
    r"|ReadTimeout|ConnectTimeout|ProxyError|SSLError|Network is unreachable|IncompleteRead",
    re.IGNORECASE,
)
REFUSED = re.compile(r"HTTP error \d{3}|\b[45]\d\d (?:Client|Server) Error")
NO_WHEEL = re.compile(r"No matching distribution found for (\S+)")
WRONG_HASH = re.compile(r"DO NOT MATCH THE HASHES.*?^\s+(\S+==\S+) from ", re.DOTALL | re.MULTILINE)
NO_SPACE = re.compile(r"No space left on device|\[Errno 28\]|WinError 112|Disk quota exceeded")


def blames_source(output: str) -> bool:
    """Whether another source may succeed. A full disk also breaks connections."""
    if NO_SPACE.search(output):
        return False
    patterns = (NO_NETWORK, REFUSED, NO_WHEEL, WRONG_HASH)
    return any(pattern.search(output) for pattern in patterns)
