"""What a device is shown of its server's data: the same requests to an old server and a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.live.live_server import LiveServer
from tests.live.remote_caller import REMOTE, call

Listing = dict[str, Any]

_CHANGES_WITH_EACH_CALL = frozenset({"last_seen", "current", "usual", "supplied"})
_SHELVES = ("active", "archived", "deleted")


def listing(server: LiveServer, token: str) -> Listing:
    """Everything below `/api/v1` that the device with this token may read, conversations and
    devices by their ids. Left out are what every call changes, what depends on settings, and the
    sentences of errors.
    """

    def read(path: str) -> Any:
        return _steady(get(server, path, token))

    owner = read("/me")["role"] == "owner"
    return {
        "me": read("/me"),
        "members": read("/members")["members"] if owner else [],
        "devices": by_id(read("/devices")["devices"]),
        "personas": by_id(read("/personas")["own"]),
        "conversations": {
            each["id"]: {"shelf": shelf, **read(f"/conversations/{each['id']}/messages")}
            for shelf in _SHELVES
            for each in read(f"/conversations?state={shelf}")["conversations"]
        },
    }


def get(server: LiveServer, path: str, token: str) -> Any:
    """What the device is answered, which calls from elsewhere."""
    bearer = {"Authorization": f"Bearer {token}", "Accept-Language": "zh-CN"}
    status, answer = call(server, "GET", f"/api/v1{path}", **REMOTE, **bearer)
    assert status == 200, answer
    return answer


def answer(server: LiveServer, accepted: Mapping[str, str], token: str) -> dict[str, Any]:
    """The message that a run writes, as far as it is saved."""
    path = f"/conversations/{accepted['conversation']}/messages"
    messages = get(server, path, token)["messages"]
    return next(each for each in messages if each["id"] == accepted["message"])


def by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}


def missing(then: Any, now: Any, at: str = "") -> list[str]:
    """Where `now` lacks or changes what `then` has; what `now` has besides is no difference."""
    if isinstance(then, dict) and isinstance(now, dict):
        return [
            place
            for key, value in then.items()
            for place in missing(value, now.get(key), f"{at}/{key}")
        ]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        pairs = enumerate(zip(then, now, strict=True))
        return [place for n, (old, new) in pairs for place in missing(old, new, f"{at}/{n}")]
    return [] if then == now else [f"{at}: {then!r} is now {now!r}"]


def _steady(value: Any) -> Any:
    if isinstance(value, list):
        return [_steady(each) for each in value]
    if not isinstance(value, dict):
        return value
    error = {"message"} if "retryable" in value else set()
    left_out = _CHANGES_WITH_EACH_CALL | error
    return {key: _steady(each) for key, each in value.items() if key not in left_out}
