"""The source of a request by the browser's headers `Origin` and `Sec-Fetch-Site`.

A web page of another site can send requests to this server from the owner's browser. They have a
foreign `Origin` and are refused. For requests without `Origin`, such as images and links,
`Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/) is used.

Apps and mini-programs have no web origin. What they send instead may also come from a file or a
sandboxed frame of any page. So such requests need a token, even from this computer or with an open
server. Another port of the same host is another program, so `same-site` counts as another site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import Enum
from functools import lru_cache

from chat.access.peers import Scope
from chat.conf import conf
from chat.network.host import parse_host
from chat.network.origin import parse_origin

APP_ORIGINS = ("null", "file://", "https://servicewechat.com", "weapp://wechat-game-runtime")
"""WebViews of Apps; WeChat's mini-programs and mini-games."""
_WITH_PATH = tuple(f"{origin.removesuffix('/')}/" for origin in APP_ORIGINS[1:])
_SAME_SITE = frozenset({"", "same-origin", "none"})


class OriginKind(Enum):
    """The kind of caller by its `Origin` header."""

    NONE = "none"
    OWN = "own"
    LISTED = "listed"
    APP = "app"
    FOREIGN = "foreign"


def joined_header(scope: Scope, name: bytes) -> str | None:
    """The header's values joined by commas (RFC 9110, 5.3); None where it is missing."""
    values = [value.decode("latin-1") for key, value in scope.get("headers", ()) if key == name]
    return ",".join(values) if values else None


def kind_of(origin: str | None, host: str | None, listed: Collection[str]) -> OriginKind:
    """The kind of caller. Some mini-programs send two values joined by a comma, such as
    `http://host,undefined`. No browser does, so it is an App unless one value is of another host.
    """
    if origin is None:
        return OriginKind.NONE
    parts = [part.strip() for part in origin.split(",")]
    if len(parts) == 1:
        return _kind_of_one(origin, host, listed) or OriginKind.FOREIGN
    others = [part for part in parts if not _is_of_host(part, host)]
    is_foreign = any(_kind_of_one(one, host, listed) is OriginKind.FOREIGN for one in others)
    return OriginKind.FOREIGN if is_foreign else OriginKind.APP


def needs_token(scope: Scope) -> bool:
    """Whether the caller may be a page of another site, and needs a token."""
    host, origin = (joined_header(scope, name) for name in (b"host", b"origin"))
    kind = kind_of(origin, host, canonical(tuple(conf().origins)))
    site = joined_header(scope, b"sec-fetch-site") or ""
    return is_token_needed(kind, site, is_socket=scope.get("type") == "websocket")


def is_token_needed(kind: OriginKind, site: str, *, is_socket: bool) -> bool:
    """As `needs_token`, by the headers' values. Browsers send `Origin` with every socket, but for
    some ws:// is another site than http://.
    """
    if kind is OriginKind.LISTED or (is_socket and kind is OriginKind.OWN):
        return False
    return kind is OriginKind.APP or site.strip().lower() not in _SAME_SITE


@lru_cache(maxsize=8)
def canonical(origins: Iterable[str]) -> frozenset[str]:
    """Listed origins as browsers send them; invalid ones match nothing."""
    return frozenset(str(found) for found in map(parse_origin, origins) if found)


def _kind_of_one(part: str, host: str | None, listed: Collection[str]) -> OriginKind | None:
    """The kind of one value; None if it is not an origin. Listing an App's origin has no effect."""
    found, own = parse_origin(part), parse_host(host)
    if part.lower() in APP_ORIGINS or part.lower().startswith(_WITH_PATH):
        return OriginKind.APP
    if found and str(found) in listed:
        return OriginKind.LISTED
    if found is None:
        return None
    return OriginKind.OWN if own and found.is_of(own) else OriginKind.FOREIGN


def _is_of_host(part: str, host: str | None) -> bool:
    """Whether it has this host, on any port, as mini-programs omit the port."""
    found, own = parse_origin(part), parse_host(host)
    return found is not None and own is not None and found.host.name == own.name
