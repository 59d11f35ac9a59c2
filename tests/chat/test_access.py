"""Who may do what: every caller against every route and every frame, taken from the code, so
that a new one without a rule fails here.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from chat.access.authentication import PUBLIC
from chat.access.paths import rule_of
from chat.actor import Actor, Role
from chat.api.routes import api
from chat.conf import conf as chat_conf
from chat.errors import ErrorCode
from chat.errors.sentences import sentence
from chat.service import ChatService
from chat.store import Turn
from chat.wire.protocol import Send
from hosting.reference.structs import CLIENT, tag
from tests.chat.paired_server import PHONE, Caller, Socket, owner, paired, program, unpaired
from tests.overrides import Overrides

KEYS = frozenset({"owner's key", "member's key"})
PEOPLE = frozenset({"owner", "owner's phone", "member", "guest", "visitor", "unpaired"})
ANYONE = PEOPLE | KEYS
USERS = ANYONE - {"unpaired"}
WITH_DEVICES = USERS - KEYS - {"visitor"}
INVITING = WITH_DEVICES - {"guest"}
OWNERS = frozenset({"owner", "owner's phone"})
REVIEWERS = OWNERS | {"owner's key"}

ROUTES = {
    "GET /conversations": USERS,
    "POST /conversations": USERS,
    "GET /conversations/{conversation}": USERS,
    "PATCH /conversations/{conversation}": USERS,
    "DELETE /conversations/{conversation}": USERS,
    "POST /conversations/{conversation}/restore": USERS,
    "GET /conversations/{conversation}/messages": USERS,
    "GET /personas": USERS,
    "POST /personas": USERS,
    "PATCH /personas/{persona}": USERS,
    "DELETE /personas/{persona}": USERS,
    "GET /models": USERS,
    "POST /models": OWNERS,
    "POST /models/load": USERS,
    "GET /models/offer": REVIEWERS,
    "GET /models/found": REVIEWERS,
    "GET /models/{model}/code": REVIEWERS,
    "POST /models/{model}/code": OWNERS,
    "PATCH /models/{model}": OWNERS,
    "DELETE /models/{model}": OWNERS,
    "GET /extras": REVIEWERS,
    "POST /extras/{extra}/install": OWNERS,
    "GET /providers": REVIEWERS,
    "POST /providers": OWNERS,
    "PATCH /providers/{provider}": OWNERS,
    "DELETE /providers/{provider}": OWNERS,
    "GET /providers/{provider}/models": REVIEWERS,
    "GET /connection": USERS,
    "GET /runs/{run}": USERS,
    "POST /runs/{run}/stop": USERS,
    "GET /runs/{run}/text": USERS,
    "GET /search": USERS,
    "GET /export": USERS,
    "POST /import": USERS,
    "GET /me": USERS,
    "POST /pair": ANYONE,
    "POST /pair/password": ANYONE,
    "POST /pair/request": ANYONE,
    "POST /pair/server": ANYONE,
    "POST /pair/claim": ANYONE,
    "POST /pair/decline": ANYONE,
    "GET /devices": WITH_DEVICES,
    "PATCH /devices/{device}": WITH_DEVICES,
    "DELETE /devices/{device}": WITH_DEVICES,
    "POST /devices/code": INVITING,
    "GET /devices/requests": INVITING,
    "POST /devices/requests/{digits}/approve": INVITING,
    "GET /members": OWNERS,
    "POST /members": OWNERS,
    "PATCH /members/{member}": OWNERS,
    "DELETE /members/{member}": OWNERS,
}

ANOTHERS = {
    "send": "unknown_conversation",
    "regenerate": "unknown_message",
    "attach": "unknown_run",
    "stop": "unknown_run",
    "resume": "unknown_run",
    "withdraw": "unknown_run",
}
"""The error for a frame that names another member's data."""
NAMING_NOTHING = {"hello", "ping", "detach", None}
"""Frames that name no data of members; None is the short form."""


async def _caller(name: str, conf: Overrides) -> Caller:
    conf.open = name == "visitor"
    match name:
        case "owner":
            return owner()
        case "owner's phone":
            return await paired(Role.OWNER)
        case "owner's key":
            return await program(Role.OWNER)
        case "member's key":
            return await program(Role.MEMBER)
        case "member" | "guest":
            return await paired(Role(name))
        case _:
            return unpaired()


def _routes() -> set[str]:
    paths: dict[str, Any] = api.get_openapi_schema(path_prefix="")["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


def test_every_route_has_a_rule_and_no_other() -> None:
    assert _routes() == set(ROUTES)


@pytest.mark.parametrize("name", sorted(ANYONE))
async def test_every_route_serves_only_its_callers(
    paired_service: ChatService, conf: Overrides, name: str
) -> None:
    caller = await _caller(name, conf)
    refused = {route for route in ROUTES if await _is_refused(caller, route)}
    assert refused == {route for route, callers in ROUTES.items() if name not in callers}


async def _is_refused(caller: Caller, route: str) -> bool:
    """Whether the route refuses the caller, and not only the empty body."""
    method, path = route.split()
    address = re.sub(r"\{\w+\}", "nobody", path.replace("{digits}", "000000"))
    response = await caller.call(method, address, {})
    assert response.status_code != HTTPStatus.INTERNAL_SERVER_ERROR
    assert response.headers["cache-control"] == "no-store"
    if response.status_code not in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return False
    assert response.json()["code"] == ("not_allowed" if caller.token or _is_open() else "unpaired")
    return True


def _is_open() -> bool:
    return chat_conf().open


def test_every_address_outside_the_private_ones_is_known() -> None:
    public = {address for address in _addresses() if not rule_of(f"/{address}").private}
    files = {address for address in public if address.startswith("(?P<path>(?:assets|")}
    assert public - files == {"", "healthz", "readyz", "trust", "trust/myllm.crt"}
    assert len(files) == 1
    assert {
        f"/api/v1{path}"
        for method, path in map(str.split, ROUTES)
        if "unpaired" in ROUTES[f"{method} {path}"]
    } == PUBLIC


def _addresses() -> list[str]:
    found: list[str] = []
    for pattern in get_resolver().url_patterns:
        _collect(pattern, "", found)
    return found


def _collect(pattern: URLPattern | URLResolver, before: str, found: list[str]) -> None:
    at = before + str(pattern.pattern).lstrip("^")
    if isinstance(pattern, URLPattern):
        found.append(at)
        return
    for inner in pattern.url_patterns:
        _collect(inner, at, found)


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/api/v1/docs", "/api/v1/openapi.json", "/api/x"]
)
async def test_an_unpaired_caller_gets_no_private_page(
    paired_service: ChatService, path: str
) -> None:
    response = await unpaired().ask("GET", path)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    if rule_of(path).error_shape == "json":
        assert response.json()["code"] == "unpaired"
    else:
        assert response.text == sentence(ErrorCode.UNPAIRED, {}, "en")


@pytest.mark.parametrize("name", sorted(PEOPLE | KEYS))
async def test_the_admin_site_is_for_the_owners_devices_and_this_computer(
    paired_service: ChatService, conf: Overrides, name: str
) -> None:
    caller = await _caller(name, conf)
    for method in ("GET", "POST"):
        response = await caller.ask(method, "/admin/login/")
        if name in OWNERS:
            assert response.headers["content-type"].startswith("text/html")
        else:
            assert response.status_code in (401, 403)
            assert response.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("is_open", [True, False])
async def test_the_admin_site_of_a_server_that_does_not_pair_is_for_this_computer(
    paired_service: ChatService, conf: Overrides, is_open: bool
) -> None:
    conf.pairing, conf.open = False, is_open
    assert (await owner().ask("GET", "/admin/login/")).status_code == 200
    assert (await unpaired().ask("GET", "/admin/login/")).status_code == 403


@pytest.mark.parametrize("path", ["/", "/healthz", "/nothing"])
async def test_an_unpaired_caller_gets_the_page_and_the_health_checks(
    paired_service: ChatService, path: str
) -> None:
    assert (await unpaired().ask("GET", path)).status_code not in (401, 403)


def _frames(turn: Turn) -> dict[str | None, dict[str, Any]]:
    """One frame of every kind, with the ids of the turn."""
    at = {"run": turn.run}
    ids = {"client_msg_id": "x"}
    return {
        None: {"message": "你好"},
        "hello": {"type": "hello"},
        "send": {"type": "send", "content": "x", "conversation": turn.conversation, **ids},
        "regenerate": {"type": "regenerate", "message": turn.message, **ids},
        "attach": {"type": "attach", **at},
        "detach": {"type": "detach", **at},
        "stop": {"type": "stop", **at},
        "resume": {"type": "resume", **at},
        "withdraw": {"type": "withdraw", **at},
        "ping": {"type": "ping"},
    }


KINDS = [tag(struct) for struct in CLIENT]


def test_every_frame_has_a_rule() -> None:
    assert set(KINDS) == set(ANOTHERS) | NAMING_NOTHING == set(_frames(Turn("", "", "", "")))


async def _endless(paired_service: ChatService, whose: str) -> Turn:
    return await paired_service.send(Actor(whose, "d"), Send("m", "数", model="scripted/endless"))


@pytest.mark.parametrize("kind", KINDS, ids=str)
async def test_a_frame_of_an_unpaired_caller_closes_the_socket(
    paired_service: ChatService, kind: str | None
) -> None:
    frame = _frames(await _endless(paired_service, "everyone"))[kind]
    async with unpaired().socket() as socket:
        assert (await socket.ask(frame))["code"] == "unpaired"
        assert await socket.closed_with() == 4401


@pytest.mark.parametrize("role", [Role.MEMBER, Role.GUEST])
@pytest.mark.parametrize("kind", sorted(ANOTHERS))
async def test_another_members_things_are_unknown(
    paired_service: ChatService, kind: str, role: Role
) -> None:
    frame = _frames(await _endless(paired_service, "everyone"))[kind]
    async with (await paired(role)).known_socket() as socket:
        assert (await socket.ask(frame))["code"] == ANOTHERS[kind]


async def test_a_visitor_of_an_open_server_sees_nothing_of_the_owners(
    paired_service: ChatService, conf: Overrides
) -> None:
    conf.open = True
    turn = await _endless(paired_service, "everyone")
    visitor = Caller(PHONE)
    listed = (await visitor.call("GET", "/conversations")).json()
    assert listed["conversations"] == []
    async with visitor.socket() as socket:
        assert (await socket.ask({"type": "attach", "run": turn.run}))["code"] == "unknown_run"
        assert (await socket.ask({"message": "你好"}))["type"] == "start"


@pytest.mark.parametrize("name", ["owner", "owner's phone", "member", "guest", *sorted(KEYS)])
async def test_every_authenticated_caller_can_chat(
    paired_service: ChatService, conf: Overrides, name: str
) -> None:
    caller = await _caller(name, conf)
    async with caller.known_socket() as socket:
        assert (await socket.ask({"type": "send", "client_msg_id": "a", "content": "你好"}))[
            "type"
        ] == "accepted"
        assert (await socket.receive("end"))["status"] == "completed"
    listed = (await caller.call("GET", "/conversations")).json()["conversations"]
    assert [one["title"] for one in listed] == ["你好"]


async def test_the_owner_has_one_list_on_the_computer_and_on_the_phone(
    paired_service: ChatService,
) -> None:
    made = (await owner().call("POST", "/conversations", {"title": "旧的"})).json()
    listed = (await (await paired()).call("GET", "/conversations")).json()["conversations"]
    assert [one["id"] for one in listed] == [made["id"]]


async def test_a_server_that_does_not_pair_is_as_it_was(
    paired_service: ChatService, conf: Overrides
) -> None:
    conf.pairing = False
    conf.open = True
    async with unpaired().socket() as socket:
        assert (await socket.ask({"message": "你好"}))["type"] == "start"
        assert (await socket.receive("end"))["status"] == "completed"
    assert len((await owner().call("GET", "/conversations")).json()["conversations"]) == 1
    conf.open = False
    assert (await unpaired().ask("GET", "/")).status_code == 403
    assert not await Socket(PHONE).connect()
