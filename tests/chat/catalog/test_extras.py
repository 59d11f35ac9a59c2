"""Packages that are installed only once the owner has agreed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chat.catalog import extras
from chat.catalog.extras import OfferedExtra, install_by
from tests.chat.paired_server import owner

pytestmark = pytest.mark.usefixtures("paired_service")


class Packages:
    """Remembers what it was to install."""

    def __init__(self) -> None:
        self.begun: list[str] = []

    def extras(self, *, chinese: bool) -> list[OfferedExtra]:
        purpose = "登录" if chinese else "to sign in"
        return [OfferedExtra("hubs", purpose, 20, False, "hubs" in self.begun)]

    def begin(self, extra: str) -> bool:
        if extra == "hubs":
            self.begun.append(extra)
        return extra == "hubs"


@pytest.fixture
def packages() -> Iterator[Packages]:
    made = Packages()
    install_by(made)
    yield made
    extras._sources.clear()


async def test_nothing_is_installed_by_looking(packages: Packages) -> None:
    (shown,) = (await owner().call("GET", "/extras")).json()["extras"]
    assert (shown["id"], shown["purpose"], shown["megabytes"]) == ("hubs", "to sign in", 20)
    assert packages.begun == []


async def test_the_owner_agrees_by_installing(packages: Packages) -> None:
    begun = await owner().call("POST", "/extras/hubs/install", {})
    assert (begun.status_code, begun.json()["is_under_way"]) == (200, True)
    assert packages.begun == ["hubs"]
    assert (await owner().call("POST", "/extras/nothing/install", {})).status_code == 422


async def test_a_server_that_can_install_nothing_offers_nothing() -> None:
    assert (await owner().call("GET", "/extras")).json() == {"extras": []}
