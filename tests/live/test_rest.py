"""The HTTP pages of the real server: all their resources come from it."""

from __future__ import annotations

import http.client
import re

import pytest

from tests.live.live_server import LiveServer
from tests.patience import PATIENCE


def _get(server: LiveServer, path: str, host: str = "127.0.0.1") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{server.port}"})
        response = connection.getresponse()
        kind = response.getheader("Content-Type", "")
        return response.status, kind, response.read().decode(errors="replace")
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/admin/login/", "/api/v1/docs"])
def test_a_page_and_all_it_asks_for_is_served(scripted_server: LiveServer, path: str) -> None:
    status, _, page = _get(scripted_server, path)
    assert status == 200
    asked = re.findall(r'(?:src|href)="([^"#]+\.(?:css|js|png|svg))"', page)
    assert asked
    for address in asked:
        assert address.startswith("/static/")
        assert _get(scripted_server, address)[0] == 200


def test_a_foreign_host_reads_nothing(scripted_server: LiveServer) -> None:
    assert _get(scripted_server, "/api/v1/conversations", "evil.example")[0] == 403


@pytest.mark.parametrize(
    "path", ["conversations/%00", "search?q=%00", "runs/%F0%9F%98%80", "conversations/%ED%A0%80"]
)
def test_odd_characters_are_only_unknown(scripted_server: LiveServer, path: str) -> None:
    status, kind, _ = _get(scripted_server, f"/api/v1/{path}")
    assert status in (200, 404, 422)
    assert kind == "application/json"
