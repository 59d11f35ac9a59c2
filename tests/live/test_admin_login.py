"""The admin site on a real server: for this computer alone, and its passwords at a limited rate."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.live.live_server import ROOT, LiveServer
from tests.live.remote_caller import REMOTE, Headers, call, pair
from tests.patience import PATIENCE

PASSWORD = "four pines behind a hill"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    with LiveServer(tmp_path, PAIRING=1, OPEN=0, MODELS="scripted") as started:
        command = [sys.executable, "manage.py", "createsuperuser", "--noinput"]
        account = {"USERNAME": "root", "EMAIL": "root@host.example", "PASSWORD": PASSWORD}
        variables = {f"DJANGO_SUPERUSER_{name}": value for name, value in account.items()}
        environment = started._environment | variables
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        yield started
        assert "Traceback" not in started.log, started.log


def _log_in(server: LiveServer, password: str, headers: Headers | None = None) -> int:
    """The status: 302 after a successful login."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.request("GET", "/admin/login/", headers=headers or {})
    response = connection.getresponse()
    found = _TOKEN.search(response.read().decode())
    token = found[1] if found else ""
    cookie = (response.headers["Set-Cookie"] or "").partition(";")[0]
    form = {"username": "root", "password": password, "csrfmiddlewaretoken": token}
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    connection.request(
        "POST", "/admin/login/", urlencode(form | {"next": "/admin/"}), kind | (headers or {})
    )
    status = connection.getresponse().status
    connection.close()
    return status


def test_twenty_five_wrong_passwords_slow_even_the_right_one(server: LiveServer) -> None:
    assert _log_in(server, PASSWORD) == 302
    statuses = [_log_in(server, f"wrong {number}") for number in range(25)]
    assert statuses[:5] == [200] * 5
    assert 429 in statuses[5:]
    assert statuses.count(200) < 12
    assert _log_in(server, PASSWORD) in (302, 429)


def test_thirty_at_once_are_few_and_slow_nobody(server: LiveServer) -> None:
    with ThreadPoolExecutor(30) as pool:
        logins = [pool.submit(_log_in, server, "wrong") for _ in range(30)]
        assert call(server, "GET", "/api/v1/me")[0] == 200
        statuses = [login.result() for login in logins]
    assert set(statuses) <= {200, 429, 503}
    assert statuses.count(200) < 12


def test_the_page_is_for_the_owners_phone_and_no_unpaired_device(
    server: LiveServer,
) -> None:
    assert _log_in(server, PASSWORD, REMOTE) == 401
    owners = REMOTE | {"Authorization": f"Bearer {pair(server)['token']}"}
    assert _log_in(server, PASSWORD, owners) == 302
