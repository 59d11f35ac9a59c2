"""HTTP through the whole application: the page, its headers, and the host check before it."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from django.core.asgi import get_asgi_application

from chat.access.host_check import HostCheck
from chat.conf import conf
from MyLLM.asgi import application

HERE = {"base_url": "http://127.0.0.1:8000"}


async def test_without_a_built_page_the_command_that_builds_it_is_named() -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application), **HERE) as browser:  # type: ignore[arg-type]
        answer = await browser.get("/")
    assert answer.status_code == 503
    assert "manage.py serve" in answer.text


async def test_an_unknown_host_is_refused_first() -> None:
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="http://evil.example") as browser:
        answer = await browser.get("/")
    assert answer.status_code == 403
    assert "MYLLM_HOSTS" in answer.text


@pytest.fixture
def page() -> Path:
    """A page as Vite builds it: an index, and an asset with a hash in its name."""
    folder = conf().page_dir
    (folder / "assets").mkdir(exist_ok=True)
    (folder / "index.html").write_text("<!doctype html><title>MyLLM</title>")
    (folder / "assets" / "index-Ab3_x9Zq.js").write_text("export {}")
    return folder


async def test_the_built_page_is_served_from_the_root(page: Path) -> None:
    built = HostCheck(get_asgi_application())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(built), **HERE) as browser:  # type: ignore[arg-type]
        index = await browser.get("/")
        asset = await browser.get("/assets/index-Ab3_x9Zq.js")
    for file in (page / "index.html", page / "assets" / "index-Ab3_x9Zq.js"):
        file.unlink()
    assert "MyLLM" in index.text
    assert "immutable" in asset.headers["cache-control"]
    assert "immutable" not in index.headers["cache-control"]
    assert "access-control-allow-origin" not in index.headers
