"""The chat inside another Django project: its logged-in users chat as themselves."""

from __future__ import annotations

import http.client
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.host_project.__main__ import PASSWORD
from tests.live.chat_socket import ChatSocket
from tests.live.live_server import LiveServer
from tests.patience import PATIENCE

Cookies = dict[str, str]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("project")
    command = ("-m", "tests.host_project")
    with LiveServer(folder, command, OPEN=0, PAIRING=1, MODELS="scripted") as server:
        yield server
        assert "Traceback" not in server.log, server.log


def ask(
    server: LiveServer, method: str, path: str, body: object = None, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    kind = {} if "Content-Type" in headers else {"Content-Type": "application/json"}
    content = body if isinstance(body, str) else json.dumps(body)
    try:
        connection.request(method, path, content, headers=kind | headers)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def api(server: LiveServer, method: str, path: str, body: object = None, **headers: str) -> Any:
    response, content = ask(server, method, f"/chat/api/v1{path}", body, **headers)
    return {"status": response.status} | json.loads(content)


def log_in(server: LiveServer, name: str) -> Cookies:
    """Logs in at the project's own page; the headers of that browser."""
    response, _ = ask(server, "GET", "/login")
    token = _cookie(response, "csrftoken")
    form = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token}
    response, _ = ask(
        server,
        "POST",
        "/login",
        urlencode(form),
        **{"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={token}"},
    )
    assert response.status == 302
    return {"Cookie": f"sessionid={_cookie(response, 'sessionid')}"}


def log_out(server: LiveServer, cookies: Cookies) -> None:
    response, _ = ask(server, "GET", "/login")
    token = _cookie(response, "csrftoken")
    both = {"Cookie": f"{cookies['Cookie']}; csrftoken={token}", "X-CSRFToken": token}
    ask(server, "POST", "/logout", **both)


def _cookie(response: http.client.HTTPResponse, name: str) -> str:
    found = (one for one in response.headers.get_all("Set-Cookie", []) if one.startswith(name))
    return next(found).partition("=")[2].partition(";")[0]


@asynccontextmanager
async def socket_of(
    server: LiveServer, cookies: Cookies, **headers: str
) -> AsyncIterator[ChatSocket]:
    more = cookies | headers
    async with connect(server.url, proxy=None, additional_headers=more) as connection:
        yield ChatSocket(connection)


async def test_each_user_has_conversations_of_their_own(project: LiveServer) -> None:
    alice, bob = log_in(project, "alice"), log_in(project, "bob")
    async with socket_of(project, alice) as socket:
        run = (await socket.ask("你好", "scripted/plain"))["run"]
        assert (await socket.receive_next("end"))["status"] == "completed"
    listed = api(project, "GET", "/conversations", **alice)["conversations"]
    assert [one["title"] for one in listed] == ["你好"]
    assert api(project, "GET", "/conversations", **bob)["conversations"] == []
    assert api(project, "GET", f"/conversations/{listed[0]['id']}", **bob)["status"] == 404
    async with socket_of(project, bob) as socket:
        await socket.tell("attach", run=run)
        assert (await socket.receive_next("error"))["code"] == "unknown_run"


async def test_who_is_not_logged_in_is_unauthenticated(project: LiveServer) -> None:
    """Although every call comes from this computer, which has no rights in a project."""
    assert api(project, "GET", "/me")["code"] == "unpaired"
    assert api(project, "GET", "/me", Cookie="sessionid=forged")["status"] == 401
    async with socket_of(project, {}) as socket:
        await socket.tell("send", client_msg_id="a", content="你好")
        assert (await socket.receive_next("error"))["code"] == "unpaired"
        assert await socket.closed_with() == 4401


def test_roles_follow_the_projects(project: LiveServer) -> None:
    alice, root = log_in(project, "alice"), log_in(project, "root")
    me = api(project, "GET", "/me", **alice)
    assert (me["role"], me["member"]["name"], me["device"]) == ("member", "alice", None)
    assert api(project, "GET", "/members", **alice)["code"] == "not_allowed"
    names = {one["name"] for one in api(project, "GET", "/members", **root)["members"]}
    assert {"alice", "root"} <= names


async def test_logging_out_ends_it(project: LiveServer) -> None:
    bob, alice = log_in(project, "bob"), log_in(project, "alice")
    assert api(project, "GET", "/me", **bob)["status"] == 200
    async with socket_of(project, bob) as socket, socket_of(project, alice) as other:
        log_out(project, bob)
        assert api(project, "GET", "/me", **bob)["status"] == 401
        assert (await socket.receive_next("error"))["code"] == "unpaired"
        assert await socket.closed_with() == 4401
        await other.tell("ping")
        await other.receive_next("pong")


async def test_a_foreign_page_does_not_act_with_the_users_cookie(project: LiveServer) -> None:
    alice = log_in(project, "alice")
    evil = {"Origin": "http://evil.example"}
    response, _ = ask(project, "POST", "/chat/api/v1/conversations", {}, **alice, **evil)
    assert response.status == 403
    with pytest.raises(InvalidStatus):
        async with socket_of(project, alice, **evil):
            pass
    own = {"Origin": f"http://127.0.0.1:{project.port}"}
    assert ask(project, "POST", "/chat/api/v1/conversations", {}, **alice, **own)[0].status == 201


def test_the_projects_own_pages_are_its_own_affair(project: LiveServer) -> None:
    alice = log_in(project, "alice")
    for path in ("/", "/api/prices"):
        assert ask(project, "GET", path)[1] == b"shop of nobody"
        assert ask(project, "GET", path, **alice)[1] == b"shop of alice"
    assert ask(project, "GET", "/", Host="shop.example")[0].status == 200


async def test_a_user_pairs_a_phone_of_their_own(project: LiveServer) -> None:
    alice = log_in(project, "alice")
    asked = api(project, "POST", "/pair/request", {"name": "手机"})
    approved = api(project, "POST", f"/devices/requests/{asked['digits']}/approve", **alice)
    assert approved["status"] == 200
    claim = {"request": asked["request"], "confirm": True}
    made = api(project, "POST", "/pair/claim", claim)
    phone = {"Authorization": f"Bearer {made['token']}"}
    assert api(project, "GET", "/me", **phone)["member"]["name"] == "alice"
    async with socket_of(project, {}) as socket:
        await socket.tell("hello", token=made["token"])
        assert await socket.receive_next("hello")


async def test_a_deleted_users_conversations_are_deleted_as_well(project: LiveServer) -> None:
    carol = log_in(project, "carol")
    async with socket_of(project, carol) as socket:
        await socket.answer("你好", "scripted/plain")
        assert ask(project, "POST", "/delete-user", {}, **carol)[0].status == 200
        assert await socket.closed_with() == 4401
    root = log_in(project, "root")
    names = {one["name"] for one in api(project, "GET", "/members", **root)["members"]}
    assert "carol" not in names


def test_the_page_is_below_the_path_of_the_include(project: LiveServer) -> None:
    response, _ = ask(project, "GET", "/chat/")
    assert (response.status, response.headers["Location"]) == (302, "/login?next=/chat/")
    response, content = ask(project, "GET", "/chat/", **log_in(project, "alice"))
    assert (response.status, b"MyLLM" in content) == (200, True)
    assert ask(project, "GET", "/chat/healthz")[0].status == 200


def test_the_projects_allowed_hosts_are_known(project: LiveServer) -> None:
    assert ask(project, "GET", "/chat/healthz", Host="shop.example")[0].status == 200
    assert ask(project, "GET", "/chat/healthz", Host="evil.example")[0].status == 403
