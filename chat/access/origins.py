"""Where a call comes from by what a browser says of it: `Origin` and `Sec-Fetch-Site`.

A web page of another site can send requests to this server from the owner's own browser. Its
`Origin` is foreign, and it is refused. Where a browser sends none, as for an image or a link,
`Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/) tells.

Apps and mini-programs have no origin of a web server. What they send instead is also what a
sandboxed frame of any page or a file sends, so it says nothing good of the caller: such calls
are served for a token alone, never for coming from this computer or an open network. Another
port of the same host is another program, so `same-site` counts as another site.
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
    """What an `Origin` header says of the caller."""

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
    """Some mini-programs send two values joined by a comma, as `http://host,undefined`: no
    browser does, so the caller is an App unless one of them is of another host.
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
    """Whether the caller may be a page of another site, and is known by a token alone."""
    host, origin = (joined_header(scope, name) for name in (b"host", b"origin"))
    kind = kind_of(origin, host, canonical(tuple(conf().origins)))
    site = joined_header(scope, b"sec-fetch-site") or ""
    return is_token_needed(kind, site, is_socket=scope.get("type") == "websocket")


def is_token_needed(kind: OriginKind, site: str, *, is_socket: bool) -> bool:
    """The same, of what the headers say. Browsers name the origin of every socket, but some take
    ws:// for another site than http://.
    """
    if kind is OriginKind.LISTED or (is_socket and kind is OriginKind.OWN):
        return False
    return kind is OriginKind.APP or site.strip().lower() not in _SAME_SITE


@lru_cache(maxsize=8)
def canonical(origins: Iterable[str]) -> frozenset[str]:
    """Listed origins as browsers send them; what is no origin matches nothing."""
    return frozenset(str(found) for found in map(parse_origin, origins) if found)


def _kind_of_one(part: str, host: str | None, listed: Collection[str]) -> OriginKind | None:
    """None for what is no origin at all. Listing an App's origin makes no caller of it known."""
    found, own = parse_origin(part), parse_host(host)
    if part.lower() in APP_ORIGINS or part.lower().startswith(_WITH_PATH):
        return OriginKind.APP
    if found and str(found) in listed:
        return OriginKind.LISTED
    if found is None:
        return None
    return OriginKind.OWN if own and found.is_of(own) else OriginKind.FOREIGN


def _is_of_host(part: str, host: str | None) -> bool:
    """On any port: mini-programs leave it out."""
    found, own = parse_origin(part), parse_host(host)
    return found is not None and own is not None and found.host.name == own.name
