"""Finds the source that answers first."""

from __future__ import annotations

import base64
import http.client
import queue
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

ANSWER_SECONDS = 2.0
"""A source that needs longer for one small request is too slow."""


def first_to_answer(urls: Sequence[str], path: str, trust: ssl.SSLContext) -> str | None:
    """Request `path` from all; the URL of the first to answer, None if none does in time.

    An error of the client (4xx) counts as an answer: it proves that the server is reachable.
    """
    answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    for url in urls:
        # A daemon thread: a name lookup cannot be interrupted, and the end does not wait for it.
        arguments = (url, path, trust, answers)
        threading.Thread(target=_probe, args=arguments, daemon=True).start()
    deadline = time.monotonic() + ANSWER_SECONDS
    for _ in urls:
        try:
            answered = answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            return None
        if answered is not None:
            return answered
    return None


def _probe(
    url: str, path: str, trust: ssl.SSLContext, answers: queue.SimpleQueue[str | None]
) -> None:
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trust))
    try:
        with opener.open(_request(f"{url.rstrip('/')}/{path}"), timeout=ANSWER_SECONDS):
            answers.put(url)
    except urllib.error.HTTPError as error:
        answers.put(url if error.code < http.HTTPStatus.INTERNAL_SERVER_ERROR else None)
    except (OSError, ValueError, http.client.HTTPException):
        answers.put(None)


def _request(url: str) -> urllib.request.Request:
    """Sends name and password as a header: urllib takes them for part of the host."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    made = urllib.request.Request(urlunsplit(parts._replace(netloc=host)))  # noqa: S310 - pip's own
    if at:
        code = base64.b64encode(unquote(user).encode()).decode("ascii")
        made.add_unredirected_header("Authorization", f"Basic {code}")
    return made


def trusted(prefix: Path, named: str = "") -> ssl.SSLContext:
    """This system's authorities, those of the pip in the environment `prefix` (the Python of
    python.org has none on macOS), and those of a file that the user configured.
    """
    context = ssl.create_default_context()
    files = [Path(named)] if named else []
    for folder in ("lib/python*/site-packages", "Lib/site-packages"):
        files.extend(prefix.glob(f"{folder}/pip/_vendor/certifi/cacert.pem"))
    for file in files:
        with suppress(OSError):  # a file that cannot be read adds no authority
            context.load_verify_locations(file)
    return context
