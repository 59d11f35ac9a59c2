"""What a page may load and call."""

from __future__ import annotations

import re

import pytest
from django.test import AsyncClient

from chat.network.content_policy import page_policy

PATHS = ("/", "/api/v1/docs", "/api/v1/personas", "/admin/login/", "/nowhere")


@pytest.mark.parametrize("path", PATHS)
async def test_every_response_forbids_scripts_of_others(path: str) -> None:
    response = await AsyncClient().get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none';" in policy
    assert response.headers["Permissions-Policy"]


def test_a_page_calls_its_own_server_alone() -> None:
    (sources,) = re.findall(r"connect-src ([^;]*)", page_policy("10.0.0.7:80"))
    assert sources == "'self' data: blob: ws://10.0.0.7:80 wss://10.0.0.7:80"


@pytest.mark.parametrize("path", ["/api/v1/docs", "/admin/login/"])
async def test_no_page_of_ours_has_a_script_inside(path: str) -> None:
    html = (await AsyncClient().get(path)).content.decode()
    scripts = re.findall(r"<script\b([^>]*)>", html)
    assert scripts
    assert all("src=" in script or "application/json" in script for script in scripts)
