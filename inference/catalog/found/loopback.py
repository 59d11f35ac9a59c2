"""One GET to a server on this computer: no proxy, no redirect, bounded in time and length."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
_MOST_BYTES = 1 << 20
_BLOCK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is the JSON object, an empty one where there is none; `server` names the program."""

    status: int
    server: str = ""
    body: dict[str, Any] = field(default_factory=dict)


def get_json(port: int, path: str, seconds: float) -> Answer | None:
    """What the server on this port answers within so many seconds; None where none does.

    Blocking.
    """
    deadline = time.monotonic() + seconds
    connection = http.client.HTTPConnection(HOST, port, timeout=seconds)
    try:
        connection.request("GET", path, headers={"Accept": "application/json"})
        response = connection.getresponse()
        text = _read(response, deadline)
        return Answer(response.status, response.headers.get("Server", ""), _object(text))
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _read(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """A server that sends a byte now and then is given up too."""
    text = b""
    while len(text) < _MOST_BYTES and (block := response.read1(_BLOCK_BYTES)):
        text += block
        if time.monotonic() > deadline:
            raise OSError("too slow")
    return text


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
