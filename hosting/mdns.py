"""A name in the local network, such as `myllm.local`, where the zeroconf package is installed."""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from ipaddress import ip_address
from typing import TYPE_CHECKING

from chat.access.announced import known_as
from chat.network.addresses import reachable, url
from chat.terminal.language import pick

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from zeroconf import ServiceInfo, Zeroconf

_SERVICE = "_http._tcp.local."
_LOOK_SECONDS = 5.0
_ASK_MS = 1500
"""Others answer within a second, as the protocol has it."""
_NAMES_TRIED = 9
_pause = asyncio.sleep

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Presence:
    """What is announced: the page of `port` at `addresses`, by `name`."""

    name: str
    port: int
    addresses: tuple[str, ...]


def can_announce() -> bool:
    """Whether the package is there; it is not imported."""
    return find_spec("zeroconf") is not None


async def keep_announced(host: str, port: int, name: str) -> None:
    """For as long as the server on `host` runs: announce its page at `port`, again when this
    computer's addresses change, and withdraw it at the end.
    """
    await asyncio.to_thread(importlib.import_module, "zeroconf.asyncio")
    while True:
        presence = Presence(name, port, await _addresses(host))
        if not presence.addresses:
            await _pause(_LOOK_SECONDS)
            continue
        try:
            async with announced(presence, presence.addresses) as held:
                print_name(held)
                await _until_moved(host, presence.addresses)
        except OSError as error:
            logger.info("the name %s cannot be announced here: %s", name, error)
            await _until_moved(host, presence.addresses)


@asynccontextmanager
async def announced(presence: Presence, interfaces: Sequence[str]) -> AsyncIterator[Presence]:
    """Announced inside this block, by a name that nobody else has: what came of it. OSError
    where this network takes no announcements.
    """
    from zeroconf import Error  # noqa: PLC0415
    from zeroconf.asyncio import AsyncZeroconf  # noqa: PLC0415

    async with AsyncZeroconf(interfaces=list(interfaces)) as responder:
        try:
            held = await _free(responder.zeroconf, presence)
            registering = await responder.async_register_service(
                _service(held), allow_name_change=True
            )
            await registering
        except Error as error:
            raise OSError(str(error) or type(error).__name__) from None
        with known_as(held.name):
            yield held


def print_name(held: Presence) -> None:
    """Under the addresses, once it is sure."""
    place = url(held.name, held.port)
    print(pick(f"也可以打开 {place}", f"Also at {place}"), flush=True)


async def _until_moved(host: str, addresses: tuple[str, ...]) -> None:
    while await _addresses(host) == addresses:
        await _pause(_LOOK_SECONDS)


async def _free(responder: Zeroconf, wanted: Presence) -> Presence:
    """The first of `myllm.local`, `myllm-2.local` … that no other computer answers to."""
    for name in candidates(wanted.name):
        if await _holders(responder, name) <= set(wanted.addresses):
            return replace(wanted, name=name)
    raise OSError(f"{wanted.name} and {_NAMES_TRIED - 1} names like it are taken")


def candidates(name: str) -> Iterator[str]:
    stem = name.removesuffix(".local")
    yield name
    for number in range(2, _NAMES_TRIED + 1):
        yield f"{stem}-{number}.local"


async def _holders(responder: Zeroconf, name: str) -> set[str]:
    from zeroconf import AddressResolver  # type: ignore[attr-defined]  # noqa: PLC0415

    resolver = AddressResolver(f"{name}.")
    await resolver.async_request(responder, _ASK_MS)
    return {address.partition("%")[0] for address in resolver.parsed_scoped_addresses()}


def _service(held: Presence) -> ServiceInfo:
    from zeroconf.asyncio import AsyncServiceInfo  # noqa: PLC0415

    return AsyncServiceInfo(
        _SERVICE,
        f"MyLLM.{_SERVICE}",
        port=held.port,
        addresses=[ip_address(address).packed for address in held.addresses],
        server=f"{held.name}.",
        properties={"path": "/"},
    )


async def _addresses(host: str) -> tuple[str, ...]:
    return await asyncio.to_thread(reachable, host)
