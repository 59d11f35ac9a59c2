"""The one table of paths: how requests are treated, by the prefix of their path."""

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
    """How requests below `prefix` are treated.

    `private`: only known callers are answered. `for_apps`: an App or a mini-program, which brings
    its own page, may ask for it. `body_limit` names the setting that bounds a request's body.
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
"""The first that fits holds. The last one is the page, for which a browser shows no token, and all
else that is public."""


def rule_of(path: str) -> PathRule:
    """The rule that holds for a path below the prefix that the application is mounted at."""
    return next(rule for rule in PATH_RULES if path.startswith(rule.prefix))


def path_of(scope: Mapping[str, Any]) -> str:
    """The path below the prefix that the application is mounted at."""
    path: str = scope.get("path", "")
    own = path.removeprefix(scope.get("root_path", ""))
    return own.removeprefix(scope.get(MOUNTED_AT, ""))
