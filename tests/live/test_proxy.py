"""The configurations of docs/proxy.md in front of a server, by the real nginx and Caddy. Only
names, ports and certificates are replaced.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Origin

from tests.live.chat_socket import ChatSocket
from tests.live.live_server import ROOT, LiveServer, free_port
from tests.patience import PATIENCE

PUBLIC = "chat.example.com"
_NGINX = """\
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ }}
http {{
access_log off;
client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
{server}
}}
"""


def documented(kind: str) -> str:
    page = (ROOT / "docs" / "proxy.md").read_text(encoding="utf-8")
    found = re.search(rf"```{kind}\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


def nginx(folder: Path, port: int, server: int) -> list[str]:
    plain = re.sub(r"ssl_certificate.*;\n", "", documented("nginx"))
    plain = plain.replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    plain = plain.replace("127.0.0.1:8000", f"127.0.0.1:{server}")
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, server=plain))
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]


def caddy(folder: Path, port: int, server: int) -> list[str]:
    plain = documented("caddy").replace(f"{PUBLIC} {{", f":{port} {{\n    bind 127.0.0.1")
    plain = plain.replace("127.0.0.1:8000", f"127.0.0.1:{server}")
    (folder / "Caddyfile").write_text("{\n    admin off\n    auto_https off\n}\n" + plain)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    settings: dict[str, Any] = {"OPEN": 0, "PAIRING": 1, "LOCAL_OWNER": 0}
    folder = tmp_path_factory.mktemp("behind")
    with LiveServer(
        folder, MODELS="scripted", PUBLIC_URL=f"https://{PUBLIC}", **settings
    ) as running:
        yield running
        assert "Traceback" not in running.log, running.log


@pytest.fixture(params=[nginx, caddy])
def proxy(request: pytest.FixtureRequest, server: LiveServer, tmp_path: Path) -> Iterator[int]:
    name = request.param.__name__
    if shutil.which(name) is None:
        missing = pytest.fail if os.environ.get("MYLLM_REQUIRE_PROXIES") == "1" else pytest.skip
        missing(f"{name} is not installed")
    port = free_port()
    with running(request.param(tmp_path, port, server.port), port, tmp_path):
        yield port


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    home = {"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, env=home, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + 20
        while get(port, "/healthz") is None:
            assert process.poll() is None, (folder / "output").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def get(port: int, path: str, **headers: str) -> int | None:
    """The status, requested by the public name; None if nothing listens."""
    calling = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        calling.request("GET", path, headers={"Host": PUBLIC} | headers)
        return calling.getresponse().status
    except OSError:
        return None
    finally:
        calling.close()


def test_the_page_is_there_by_its_public_name(proxy: int) -> None:
    assert get(proxy, "/") == 200
    assert get(proxy, "/", Host="evil.example") == 403


def test_who_comes_through_it_is_no_owner(proxy: int) -> None:
    assert get(proxy, "/api/v1/me") == 401
    assert get(proxy, "/api/v1/me", **{"X-Forwarded-For": "127.0.0.1"}) == 401


async def test_sockets_go_through(proxy: int) -> None:
    url, origin = f"ws://{PUBLIC}/ws/chat/", Origin(f"http://{PUBLIC}")
    async with connect(url, host="127.0.0.1", port=proxy, origin=origin, proxy=None) as connection:
        await ChatSocket(connection).tell("hello", token="nobody's")
        refused = json.loads(await connection.recv())
    assert (refused["type"], refused["code"]) == ("error", "unpaired")
