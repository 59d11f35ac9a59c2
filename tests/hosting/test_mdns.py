"""The name in the network, resolved by another resolver over loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from chat.access.announced import announced_names
from chat.access.host_check import Caller, current_policy, refusal
from hosting import mdns
from hosting.mdns import Presence, announced, candidates, keep_announced
from tests.patience import PATIENCE

pytest.importorskip("zeroconf")
if TYPE_CHECKING:
    from zeroconf.asyncio import AsyncZeroconf

LOOPBACK = ["127.0.0.1"]
NAME = "myllm-under-test.local"
HERE = Presence(NAME, 8000, ("192.168.1.5",))


@pytest_asyncio.fixture
async def listener() -> AsyncIterator[AsyncZeroconf]:
    from zeroconf.asyncio import AsyncZeroconf  # noqa: PLC0415

    async with AsyncZeroconf(interfaces=LOOPBACK) as found:
        yield found


async def resolved(listener: AsyncZeroconf, name: str) -> list[str]:
    from zeroconf import AddressResolver  # type: ignore[attr-defined]  # noqa: PLC0415

    resolver = AddressResolver(f"{name}.")
    await resolver.async_request(listener.zeroconf, 1000)
    return resolver.parsed_addresses()


async def test_another_computer_finds_it_by_its_name(listener: AsyncZeroconf) -> None:
    async with announced(HERE, LOOPBACK) as held:
        assert held == HERE
        assert await resolved(listener, NAME) == ["192.168.1.5"]
        service = await listener.async_get_service_info(
            "_http._tcp.local.", "MyLLM._http._tcp.local."
        )
        assert service
        assert (service.port, service.server) == (8000, f"{NAME}.")


async def test_it_is_withdrawn_at_the_end(listener: AsyncZeroconf) -> None:
    async with announced(HERE, LOOPBACK):
        assert await resolved(listener, NAME)
    listener.zeroconf.cache.async_expire(float("inf"))
    assert await resolved(listener, NAME) == []


async def test_a_second_computer_takes_another_name() -> None:
    async with announced(HERE, LOOPBACK):
        other = Presence(NAME, 8000, ("192.168.1.6",))
        async with announced(other, LOOPBACK) as held:
            assert held.name == "myllm-under-test-2.local"


async def test_the_host_check_knows_the_name_while_it_is_announced() -> None:
    caller = Caller("127.0.0.1", f"{NAME}:8000", f"http://{NAME}:8000")
    assert refusal(caller, current_policy()) == "host"
    async with announced(HERE, LOOPBACK):
        assert refusal(caller, current_policy()) is None
    assert refusal(caller, current_policy()) == "host"


async def test_a_computer_that_moves_is_announced_again(monkeypatch: pytest.MonkeyPatch) -> None:
    network = ["192.168.1.5"]
    printed: asyncio.Queue[Presence] = asyncio.Queue()

    async def addresses(_: str) -> tuple[str, ...]:
        await asyncio.sleep(0)
        return tuple(network)

    async def nobody(*_: object) -> set[str]:
        return set()

    real = mdns.announced
    monkeypatch.setattr(mdns, "_addresses", addresses)
    monkeypatch.setattr(mdns, "_holders", nobody)
    monkeypatch.setattr(mdns, "announced", lambda presence, _: real(presence, LOOPBACK))
    monkeypatch.setattr(mdns, "_POLL_SECONDS", 0.01)
    monkeypatch.setattr(mdns, "print_name", printed.put_nowait)
    keeping = asyncio.create_task(keep_announced("0.0.0.0", 8000, NAME))
    assert await asyncio.wait_for(printed.get(), PATIENCE) == HERE
    network[:] = ["10.42.0.1"]
    assert (await asyncio.wait_for(printed.get(), PATIENCE)).addresses == ("10.42.0.1",)
    keeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await keeping
    assert not announced_names()


def test_names_like_it_are_numbered() -> None:
    assert list(candidates("myllm.local"))[:3] == ["myllm.local", "myllm-2.local", "myllm-3.local"]
