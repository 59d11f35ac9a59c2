"""Lists the files of a repository, by the hub's API.

Hugging Face: https://huggingface.co/docs/hub/api (`GET /api/models/{id}/tree/{revision}`, whose
`Link` header names the next page). ModelScope: `GET /api/v1/models/{id}/repo/files`, as its client
`modelscope-hub` asks it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

from inference.catalog.digest import Digest
from inference.catalog.http import open_url
from inference.catalog.hub_file import RemoteFile
from inference.catalog.hub_token import hub_secrets
from inference.catalog.sources import Hub
from inference.whole_text import whole_text

ANSWER_SECONDS = 15.0
_MOST_BYTES = 16_000_000
_MOST_PAGES = 100
_NEXT = re.compile(r'<([^>]+)>\s*;\s*rel="next"')
_MOST_FILE_BYTES = 1 << 50
_NO_LISTING = (
    OSError,
    HTTPException,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What comes of an answer that is something else."""


class ListingError(Exception):
    """The hub does not list it. `status` is what it refused with, None if it did not answer. The
    text is for logs.
    """

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


def list_files(hub: Hub, base: str, repository: str) -> list[RemoteFile]:
    """All files of the newest revision, from the server `base`. Blocking; raises `ListingError`."""
    try:
        if hub == "ModelScope":
            return list(_modelscope(base, repository))
        return list(_hugging_face(base, repository))
    except HTTPError as error:
        with error:  # it holds the connection
            raise ListingError(f"{base}: {error}", _status(error)) from None
    except _NO_LISTING as error:
        raise ListingError(f"{base}: {error!r}") from None


def _hugging_face(base: str, repository: str) -> Iterator[RemoteFile]:
    url = f"{base}/api/models/{quote(repository)}/tree/main?recursive=true"
    for _ in range(_MOST_PAGES):
        with open_url(url, ANSWER_SECONDS, None, hub_secrets("Hugging Face")) as response:
            files, following = _json(response), _NEXT.search(response.headers.get("Link", ""))
        for file in files:
            if file["type"] == "file":
                large = file.get("lfs") or {}
                sha256 = str(large.get("oid", "")).removeprefix("sha256:")
                digest = Digest("sha256", sha256) if sha256 else Digest("git", str(file["oid"]))
                yield _file(file["path"], file["size"], digest)
        if following is None or not following[1].startswith(f"{base}/"):
            return
        url = following[1]


def _modelscope(base: str, repository: str) -> Iterator[RemoteFile]:
    url = f"{base}/api/v1/models/{quote(repository)}/repo/files?Revision=master&Recursive=true"
    with open_url(url, ANSWER_SECONDS, None, hub_secrets("ModelScope")) as response:
        answer = _json(response)
    for file in answer["Data"]["Files"]:
        if file.get("Type") != "tree":
            sha256 = str(file.get("Sha256") or "").lower()
            digest = Digest("sha256", sha256) if sha256 else None
            yield _file(file["Path"], file["Size"], digest)


def _file(path: object, size: Any, digest: Digest | None) -> RemoteFile:
    """Raises `ValueError` for what can be neither written nor stored."""
    file = RemoteFile(str(path), int(size), digest)
    if whole_text(file.path) != file.path or not 0 <= file.size <= _MOST_FILE_BYTES:
        raise ValueError(f"a file {file.path[:200]!r} of {str(size)[:40]} bytes")
    return file


def _json(response: HTTPResponse) -> Any:
    return json.loads(response.read(_MOST_BYTES))


def _status(error: HTTPError) -> int:
    """The status. Hugging Face answers 401 also for a missing repository, with a header."""
    is_absent = error.headers.get("X-Error-Code") == "RepoNotFound"
    return 404 if is_absent else error.code
