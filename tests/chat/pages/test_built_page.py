"""The page below a path of another project's site."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.test import RequestFactory

from chat.pages.built_page import page, page_file
from tests.overrides import Overrides


@pytest.fixture
def built(tmp_path: Path, conf: Overrides) -> Path:
    conf.page_dir = tmp_path / "page"
    (tmp_path / "page/assets").mkdir(parents=True)
    (tmp_path / "page/index.html").write_text("the page")
    (tmp_path / "page/assets/index-C5SxV0FH.js").write_text("let a")
    (tmp_path / "page/assets/index-C5SxV0FH.js.gz").write_bytes(gzip.compress(b"let a"))
    (tmp_path / "secret_key").write_text("secret")
    return tmp_path


def _request(user: User | AnonymousUser, **headers: str) -> HttpRequest:
    request = RequestFactory().get("/chat/", headers=headers)

    async def auser() -> User | AnonymousUser:
        return user

    request.auser = auser
    return request


async def test_a_file_with_a_hash_is_kept_for_ever_and_sent_compressed(built: Path) -> None:
    request = _request(AnonymousUser(), accept_encoding="br, gzip")
    response = await page_file(request, "assets/index-C5SxV0FH.js")
    assert gzip.decompress(response.content) == b"let a"
    assert response["Content-Type"] == "text/javascript"
    assert "immutable" in response["Cache-Control"]
    assert "script-src 'self'" in response["Content-Security-Policy"]


async def test_clients_without_gzip_get_the_file_itself(built: Path) -> None:
    response = await page_file(_request(AnonymousUser()), "assets/index-C5SxV0FH.js")
    assert response.content == b"let a"
    assert not response.has_header("Content-Encoding")


@pytest.mark.parametrize("path", ["../secret_key", "assets/../../secret_key", "assets", "none"])
async def test_nothing_outside_the_page_is_served(built: Path, path: str) -> None:
    assert (await page_file(_request(AnonymousUser()), path)).status_code == 404


async def test_users_of_a_project_log_in_before_the_page(built: Path, conf: Overrides) -> None:
    conf.project_users = True
    sent = await page(_request(AnonymousUser()))
    assert (sent.status_code, sent["Location"]) == (302, "/accounts/login/?next=/chat/")
    assert (await page(_request(User(username="alice")))).status_code == 200


async def test_a_page_that_was_not_built_says_how_to_build_it(built: Path) -> None:
    (built / "page/index.html").unlink()
    response = await page(_request(AnonymousUser()))
    assert response.status_code == 503
