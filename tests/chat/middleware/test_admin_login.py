"""The admin's login page: limited by address and by account."""

from __future__ import annotations

import httpx
import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from chat.errors import ChatError, ErrorCode
from chat.members import admin_login, sign_in
from chat.members.admin_login import check_password
from chat.members.hashing import HashingQueue
from chat.service import ChatService
from chat.store import in_database
from MyLLM.asgi import application
from tests.chat.paired_server import HERE, HOST

GOOD = "four pines behind a hill"


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


async def _log_in(password: str, username: str = "root") -> httpx.Response:
    transport = httpx.ASGITransport(application, client=(HERE, 5))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as browser:
        await browser.get("/admin/login/")
        form = {"username": username, "password": password, "next": "/admin/"}
        form["csrfmiddlewaretoken"] = browser.cookies["csrftoken"]
        return await browser.post("/admin/login/", data=form)


async def test_wrong_passwords_are_slowed_with_the_seconds_to_wait(
    paired_service: ChatService,
) -> None:
    await in_database(User.objects.create_superuser, "root", password=GOOD)
    for _ in range(9):
        assert (await _log_in(GOOD)).status_code == 302
    statuses = [(await _log_in("wrong")).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    refused = await _log_in(GOOD)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert "1 秒" in refused.text


async def test_an_account_is_slowed_over_all_addresses(paired_service: ChatService) -> None:
    await in_database(User.objects.create_superuser, "root", password=GOOD)
    refused = 0
    for number in range(60):
        try:
            assert (await check_password("root", "wrong", f"10.0.0.{number}")).user is None
        except ChatError as error:
            assert error.code is ErrorCode.TOO_MANY_ATTEMPTS  # noqa: PT017 - not every one is
            refused += 1
    assert refused > 0
    assert (await check_password("another", "wrong", "10.0.1.1")).user is None


@pytest.mark.parametrize("typed", ["root", " root ", "ｒｏｏｔ"])
async def test_a_name_is_read_as_djangos_form_reads_it(
    paired_service: ChatService, typed: str
) -> None:
    await in_database(User.objects.create_superuser, "root", password=GOOD)
    assert (await _log_in(GOOD, typed)).status_code == 302


@pytest.mark.parametrize("typed", ["ro\0ot", "\0", "x" * 100_000])
async def test_a_name_that_no_account_has_is_a_wrong_one(
    paired_service: ChatService, typed: str
) -> None:
    assert (await check_password(typed, "wrong", HERE)).user is None


async def test_a_full_queue_is_refused_and_counts_no_failure(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = HashingQueue(1)
    full._free.acquire()
    monkeypatch.setattr(admin_login, "hashing", lambda: full)
    assert {(await _log_in(GOOD)).status_code for _ in range(9)} == {503}
    assert len(sign_in.attempts()._addresses) == 0
