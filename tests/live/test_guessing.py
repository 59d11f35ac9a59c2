"""Codes are valid once and for a while, and guessing is slowed down more and more."""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import json
import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.live.live_server import LiveServer
from tests.live.remote_caller import Headers, call, from_address, pair
from tests.patience import PATIENCE

PER_ADDRESS = 4
IN_ALL = 12
GUESSES = 60
WHILE_IT_LASTED = 4
"""The waits of 1, 2, 4 and 8 seconds: longer than the guesses take on any machine."""


@contextmanager
def guarded(folder: Path, in_all: int) -> Iterator[LiveServer]:
    limits = {"PAIRING_ATTEMPTS_PER_ADDRESS": PER_ADDRESS, "PAIRING_ATTEMPTS": in_all}
    access = {"PAIRING": 1, "OPEN": 0, "MODELS": "scripted"}
    with LiveServer(folder, **access, **limits) as started:  # type: ignore[arg-type]
        pair(started)  # creates the owner, for whom codes are made
        yield started
        assert "Traceback" not in started.log, started.log


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Where every test uses its own addresses."""
    with guarded(tmp_path_factory.mktemp("guarded"), 100 * IN_ALL) as started:
        yield started


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[LiveServer]:
    """Where no attempt has been made."""
    with guarded(tmp_path, IN_ALL) as started:
        yield started


def _code(server: LiveServer, expires: str = "+10 minutes") -> str:
    """A code as `manage.py pair` makes it, in another process."""
    code = secrets.token_urlsafe(16)
    with sqlite3.connect(server.folder / "myllm.sqlite3", timeout=PATIENCE) as database:
        database.execute(
            "INSERT INTO chat_pairingcode (code_hash, member_id, expires_at)"
            " VALUES (?, 'everyone', datetime('now', ?))",
            (hashlib.sha256(code.encode()).hexdigest(), expires),
        )
    database.close()
    return code


def _redeem(server: LiveServer, code: str, origin: Headers) -> tuple[int, Any]:
    return call(server, "POST", "/api/v1/pair", {"code": code, "name": "手机"}, **origin)


async def _guess(server: LiveServer, number: int, address: str) -> tuple[int, str]:
    return await _post(server, "/api/v1/pair", {"code": f"{number:022}", "name": "x"}, address)


async def _guess_password(server: LiveServer, address: str) -> int:
    body = {"member": "Ming", "password": "x", "name": "x"}
    return (await _post(server, "/api/v1/pair/password", body, address))[0]


async def _post(server: LiveServer, path: str, body: object, address: str) -> tuple[int, str]:
    """The status, and the seconds to wait."""

    def post() -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        kind = {"Content-Type": "application/json"}
        connection.request("POST", path, json.dumps(body), headers=kind | from_address(address))
        response = connection.getresponse()
        connection.close()
        return response.status, response.headers.get("Retry-After", "")

    return await asyncio.to_thread(post)


def test_a_code_is_good_once_and_for_its_time(server: LiveServer) -> None:
    code, expired = _code(server), _code(server, "-1 seconds")
    status, made = _redeem(server, code, from_address("192.0.2.1"))
    assert (status, made["member"]["role"]) == (201, "owner")
    for bad in (code, expired, "", "x" * 22):
        status, refused = _redeem(server, bad, from_address("192.0.2.2"))
        assert (status, refused["code"]) == (403, "unknown_code")
    assert code not in server.log


async def test_brute_force_from_one_address_gets_no_further(server: LiveServer) -> None:
    address = "192.0.2.3"
    guesses = await asyncio.gather(*(_guess(server, n, address) for n in range(GUESSES)))
    _check(guesses, PER_ADDRESS)
    first, second = [await _wait_and_guess(server, address) for _ in range(2)]
    assert second == 2 * first
    assert (await _guess(server, 0, address))[0] == 429
    assert _redeem(server, _code(server), from_address(address))[0] == 201


def _check(guesses: Sequence[tuple[int, str]], free: int) -> None:
    """The free guesses were checked, and of the others only as many as the time allowed."""
    statuses = Counter(status for status, _ in guesses)
    assert set(statuses) == {403, 429}
    assert free <= statuses[403] <= free + WHILE_IT_LASTED
    assert all(int(wait) >= 1 for status, wait in guesses if status == 429)


async def _wait_and_guess(server: LiveServer, address: str) -> int:
    """One guess as soon as it is allowed; the seconds until the next one."""
    async with asyncio.timeout(PATIENCE):
        while (await _guess(server, 0, address))[0] == 429:  # noqa: ASYNC110 – there is no event
            await asyncio.sleep(0.1)
    return int((await _guess(server, 0, address))[1])


async def test_a_right_code_works_while_many_addresses_guess(server: LiveServer) -> None:
    guesses = [_guess(server, n, f"198.51.100.{n % 10}") for n in range(GUESSES)]
    codes = [_code(server) for _ in range(3)]
    redeemed = [
        asyncio.to_thread(_redeem, server, code, from_address(f"198.51.100.{n}"))
        for n, code in enumerate(codes)
    ]
    results = await asyncio.gather(*redeemed, *guesses)
    assert [status for status, _ in results[:3]] == [201] * 3


async def test_passwords_guessed_at_once_from_many_addresses_are_slowed_by_member(
    fresh_server: LiveServer,
) -> None:
    guesses = await asyncio.gather(
        *(_guess_password(fresh_server, f"198.51.100.{n}") for n in range(GUESSES))
    )
    statuses = Counter(guesses)
    assert set(statuses) <= {403, 429, 503}
    assert statuses[429] > 0
    assert 0 < statuses[403] < GUESSES - IN_ALL


async def test_neighbours_in_an_ipv6_network_count_as_one(server: LiveServer) -> None:
    guesses = [await _guess(server, n, f"2001:db8::{n:x}") for n in range(1, PER_ADDRESS + 2)]
    assert [status for status, _ in guesses] == [403] * PER_ADDRESS + [429]


def test_screens_with_six_digits_are_few_and_their_secret_is_not_guessed(
    server: LiveServer,
) -> None:
    def request_pairing() -> int:
        return call(
            server, "POST", "/api/v1/pair/request", {"name": "x"}, **from_address("192.0.2.5")
        )[0]

    def claim(guess: str) -> int:
        body = {"request": guess}
        return call(server, "POST", "/api/v1/pair/claim", body, **from_address("192.0.2.6"))[0]

    assert [request_pairing() for _ in range(6)] == [201, 201, 201, 429, 429, 429]
    digits = [f"{number:06}" for number in range(PER_ADDRESS + 4)]
    assert [claim(guess) for guess in digits] == [404] * PER_ADDRESS + [429] * 4
