"""Conversations that a server is told whole: faster than asking its every question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from http.client import HTTPConnection

from tests.patience import PATIENCE


def tell(port: int, title: str, texts: Sequence[str]) -> None:
    """Import a conversation of these questions and answers, in turns."""
    messages = [_message(*text) for text in enumerate(texts)]
    tell_all(port, [{"id": "c", "title": title, "messages": messages}])


def tell_all(port: int, conversations: Sequence[object]) -> None:
    """Import conversations as this project's own export has them."""
    body = {"format": "myllm", "version": 1, "conversations": conversations}
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        kind = {"Content-Type": "application/json"}
        connection.request("POST", "/api/v1/import", json.dumps(body), kind)
        assert connection.getresponse().status == HTTPStatus.OK
    finally:
        connection.close()


def _message(number: int, text: str) -> dict[str, object]:
    return {
        "id": f"m{number}",
        "parent": f"m{number - 1}" if number else None,
        "role": ("user", "assistant")[number % 2],
        "content": text,
    }
