"""How other devices reach this server."""

from __future__ import annotations

import base64

import pytest

from chat.actor import Role
from chat.api import connection, invitations
from chat.health.shortage import Shortage
from chat.service import ChatService
from tests.chat.api.conftest import Api
from tests.chat.paired_server import owner, paired
from tests.overrides import Overrides


async def test_a_closed_server_has_no_addresses_for_others(
    api: Api, conf: Overrides, monkeypatch: pytest.MonkeyPatch
) -> None:
    conf.open = False
    conf.pairing = False
    monkeypatch.setattr(invitations, "reachable", lambda host: ("192.168.1.7",))
    shown = (await api.get("/connection")).json()
    assert (shown["open"], shown["addresses"]) == (False, [])
    assert shown["version"]


async def test_an_open_one_shows_where_it_is(
    api: Api, conf: Overrides, monkeypatch: pytest.MonkeyPatch
) -> None:
    conf.open = True
    monkeypatch.setattr(invitations, "reachable", lambda host: ("192.168.1.7", "fd00::7"))
    first, second = (await api.get("/connection")).json()["addresses"]
    assert first["url"].startswith("http://192.168.1.7:")
    assert second["url"].startswith("http://[fd00::7]:")
    kind, _, picture = first["qr"].partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(picture).startswith(b"\x89PNG")


async def test_the_owner_gets_notes_on_shortages(
    paired_service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "shortages", lambda: [Shortage.DISK])
    (note,) = (await owner().call("GET", "/connection")).json()["notes"]
    assert note["code"] == "disk"
    assert "disk is almost full" in note["message"]
    member = await paired(Role.MEMBER)
    assert (await member.call("GET", "/connection")).json()["notes"] == []


async def test_behind_a_proxy_its_own_address_is_shown(api: Api, conf: Overrides) -> None:
    conf.open = True
    conf.public_url = "https://chat.example.com"
    (address,) = (await api.get("/connection")).json()["addresses"]
    assert address["url"] == "https://chat.example.com/"
