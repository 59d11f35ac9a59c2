"""Requests that xllamacpp serves only over its HTTP listener: templates and tokens."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from inference.backends.refusals import gone
from inference.errors import InferenceError, InferenceErrorCode

_SECONDS = 30.0
_END = -1
"""A number that is no token; it is returned unchanged and separates the texts."""


@contextmanager
def as_inference_errors() -> Iterator[None]:
    """Turns the exceptions of a request to the listener into an `InferenceError`."""
    try:
        yield
    except (TimeoutError, ValueError) as error:
        failed = InferenceErrorCode.BACKEND_FAILED
        raise InferenceError(failed, str(error), retryable=True) from None
    except OSError as error:
        raise gone(error) from error


class LlamaListener:
    """Blocking; may be used from several threads at once."""

    def __init__(self, address: str, key: str) -> None:
        """`address` as the server reports it: `unix://path`, or `http://host:port`."""
        self._address = address
        self._key = key

    def apply_template(self, messages: list[dict[str, str]], switches: dict[str, Any]) -> str:
        """The prompt by the model's own template, ready for the answer to follow.

        Raises `OSError` once the process has ended, `ValueError` for messages it refuses.
        """
        wanted = {"messages": messages, "chat_template_kwargs": switches}
        return str(self._post("/apply-template", wanted)["prompt"])

    def tokens(self, texts: Sequence[str], *, has_controls: bool = False) -> list[list[int]]:
        """The tokens of each text, by one request; control strings are plain text, unless the texts
        have control tokens. Raises like `apply_template`.
        """
        between = [part for text in texts for part in (text, _END)]
        wanted = {"content": between, "parse_special": has_controls}
        found: list[list[int]] = [[]]
        for token in self._post("/tokenize", wanted)["tokens"]:
            if token == _END:
                found.append([])
            else:
                found[-1].append(int(token))
        return found[:-1]

    def prompt_length(self, parts: Sequence[str | int]) -> int:
        """The tokens of a prompt of texts, in which control tokens count, and tokens. Raises like
        `apply_template`.
        """
        wanted = {"content": list(parts), "add_special": True, "parse_special": True}
        return len(self._post("/tokenize", wanted)["tokens"])

    def count(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has as plain text. Raises like `apply_template`."""
        return [len(tokens) for tokens in self.tokens(texts)]

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        connection = self._connection()
        try:
            connection.request("POST", path, json.dumps(body), self._headers())
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if "error" in answer:
            raise ValueError(str(answer["error"].get("message")))
        return dict(answer)

    def _connection(self) -> HTTPConnection:
        parts = urlsplit(self._address)
        if parts.scheme == "unix":
            return _UnixConnection(parts.path)
        return HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=_SECONDS)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}


class _UnixConnection(HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(_SECONDS)
        self.sock.connect(self._path)
