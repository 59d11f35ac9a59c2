"""A name in the local network, such as `myllm.local`, if the zeroconf package is installed."""

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
_POLL_SECONDS = 5.0
_QUERY_MS = 1500
"""By the protocol others answer within a second."""
_NAMES_TO_TRY = 9
_pause = asyncio.sleep

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Presence:
    """The announcement: the page of `port` at `addresses`, by `name`."""

    name: str
    port: int
    addresses: tuple[str, ...]


def can_announce() -> bool:
    """Whether the package is installed; does not import it."""
    return find_spec("zeroconf") is not None


async def keep_announced(host: str, port: int, name: str) -> None:
    """While the server on `host` runs: announce its page at `port`, again when this computer's
    addresses change, and withdraw the announcement at the end.
    """
    await asyncio.to_thread(importlib.import_module, "zeroconf.asyncio")
    while True:
        presence = Presence(name, port, await _addresses(host))
        if not presence.addresses:
            await _pause(_POLL_SECONDS)
            continue
        try:
            async with announced(presence, presence.addresses) as announcement:
                print_name(announcement)
                await _until_addresses_change(host, presence.addresses)
        except OSError as error:
            logger.info("the name %s cannot be announced here: %s", name, error)
            await _until_addresses_change(host, presence.addresses)


@asynccontextmanager
async def announced(presence: Presence, interfaces: Sequence[str]) -> AsyncIterator[Presence]:
    """Announce the presence within this context, by a free name. Yields what was announced. Raises
    `OSError` if the network does not support announcements.
    """
    from zeroconf import Error  # noqa: PLC0415
    from zeroconf.asyncio import AsyncZeroconf  # noqa: PLC0415

    async with AsyncZeroconf(interfaces=list(interfaces)) as responder:
        try:
            announcement = await _free(responder.zeroconf, presence)
            registering = await responder.async_register_service(
                _service(announcement), allow_name_change=True
            )
            await registering
        except Error as error:
            raise OSError(str(error) or type(error).__name__) from None
        with known_as(announcement.name):
            yield announcement


def print_name(announcement: Presence) -> None:
    """Print the name, once it is announced."""
    place = url(announcement.name, announcement.port)
    print(pick(f"也可以打开 {place}", f"Also at {place}"), flush=True)


async def _until_addresses_change(host: str, addresses: tuple[str, ...]) -> None:
    while await _addresses(host) == addresses:
        await _pause(_POLL_SECONDS)


async def _free(responder: Zeroconf, wanted: Presence) -> Presence:
    """The first of `myllm.local`, `myllm-2.local` … that no other computer answers to."""
    for name in candidates(wanted.name):
        if await _holders(responder, name) <= set(wanted.addresses):
            return replace(wanted, name=name)
    raise OSError(f"{wanted.name} and {_NAMES_TO_TRY - 1} names like it are taken")


def candidates(name: str) -> Iterator[str]:
    stem = name.removesuffix(".local")
    yield name
    for number in range(2, _NAMES_TO_TRY + 1):
        yield f"{stem}-{number}.local"


async def _holders(responder: Zeroconf, name: str) -> set[str]:
    from zeroconf import AddressResolver  # type: ignore[attr-defined]  # noqa: PLC0415

    resolver = AddressResolver(f"{name}.")
    await resolver.async_request(responder, _QUERY_MS)
    return {address.partition("%")[0] for address in resolver.parsed_scoped_addresses()}


def _service(announcement: Presence) -> ServiceInfo:
    from zeroconf.asyncio import AsyncServiceInfo  # noqa: PLC0415

    return AsyncServiceInfo(
        _SERVICE,
        f"MyLLM.{_SERVICE}",
        port=announcement.port,
        addresses=[ip_address(address).packed for address in announcement.addresses],
        server=f"{announcement.name}.",
        properties={"path": "/"},
    )


async def _addresses(host: str) -> tuple[str, ...]:
    return await asyncio.to_thread(reachable, host)
