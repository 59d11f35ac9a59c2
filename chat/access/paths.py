"""The table of paths: how requests are handled, by the prefix of their path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

ADMIN = "/admin/"
MOUNTED_AT = "chat.mounted_at"
"""The key of an ASGI scope for the path of the chat within another project, without a `/` at the
end."""
_BODY = "body_bytes"
_IMPORT = "import_bytes"


@dataclass(frozen=True, slots=True)
class PathRule:
    """How requests below `prefix` are handled.

    `private`: needs authentication. `for_apps`: Apps and mini-programs, which have their own page,
    may request it. `body_limit` names the setting that limits a request's body.
    `error_shape`: `{code, message, retryable}` as JSON, or the sentence alone, for people.
    `mounted`: the chat answers it inside another Django project, too.
    """

    prefix: str
    private: bool = False
    for_apps: bool = False
    body_limit: str = _BODY
    error_shape: Literal["json", "text"] = "text"
    mounted: bool = False


PATH_RULES = (
    PathRule("/api/v1/import", True, True, body_limit=_IMPORT, error_shape="json", mounted=True),
    PathRule("/api/v1/", True, True, error_shape="json", mounted=True),
    PathRule("/api/", True, True, error_shape="json"),
    PathRule(ADMIN, private=True),
    PathRule("/healthz", for_apps=True),
    PathRule(""),
)
"""The first match is used. The last rule is for the page, which browsers request without a token,
and for everything else that is public."""


def rule_of(path: str) -> PathRule:
    """The rule for a path, which is relative to where the application is mounted."""
    return next(rule for rule in PATH_RULES if path.startswith(rule.prefix))


def path_of(scope: Mapping[str, Any]) -> str:
    """The path below the prefix that the application is mounted at."""
    path: str = scope.get("path", "")
    own = path.removeprefix(scope.get("root_path", ""))
    return own.removeprefix(scope.get(MOUNTED_AT, ""))
