"""Which paths are private, and which have to be open to callers that are not known yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ADMIN = "/admin/"
PRIVATE = ("/api/", ADMIN)
"""What lies elsewhere is the page, for which a browser shows no token, and the server's health."""
FOR_APPS = ("/api/", "/healthz")
"""What an App or a mini-program asks for over HTTP; it brings its page along."""


def path_of(scope: Mapping[str, Any]) -> str:
    """The path below the prefix that the application is mounted at."""
    path: str = scope.get("path", "")
    return path.removeprefix(scope.get("root_path", ""))
