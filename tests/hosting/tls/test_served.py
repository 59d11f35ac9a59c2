"""A certificate renewed while the server runs."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from hosting.tls import served
from hosting.tls.key_folder import KeyFolder
from hosting.tls.names import Names, names_of
from hosting.tls.served import ServedCertificate
from tests.patience import PATIENCE


class Network:
    """This computer's addresses, changed by a test."""

    def __init__(self) -> None:
        self.addresses = ["192.168.1.5"]

    def names(self) -> Names:
        return names_of(self.addresses, [])


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
def certificate(tmp_path: Path, network: Network) -> ServedCertificate:
    return ServedCertificate(KeyFolder(tmp_path), network.names)


@pytest_asyncio.fixture
async def port(certificate: ServedCertificate) -> AsyncIterator[int]:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0, ssl=certificate.context)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def addresses_served(port: int, folder: Path) -> set[str]:
    context = ssl.create_default_context(cafile=str(folder / "authority.crt"))
    _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
    found = writer.get_extra_info("peercert")["subjectAltName"]
    writer.close()
    return {name for kind, name in found if kind == "IP Address"}


class Polls:
    """Runs the polls of `keep_current` one by one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._begin, self._ended = asyncio.Semaphore(0), asyncio.Semaphore(0)
        monkeypatch.setattr(served, "_pause", self._pause)

    async def run(self) -> None:
        """Returns after the poll."""
        self._begin.release()
        await asyncio.wait_for(self._ended.acquire(), PATIENCE)

    async def _pause(self, _: float) -> None:
        self._ended.release()
        await self._begin.acquire()


@pytest_asyncio.fixture
async def polls(
    certificate: ServedCertificate, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Polls]:
    made = Polls(monkeypatch)
    keeping = asyncio.create_task(certificate.keep_current())
    await made.run()
    yield made
    keeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await keeping


async def test_a_new_address_is_in_the_served_certificate(
    polls: Polls, network: Network, port: int, tmp_path: Path
) -> None:
    assert "192.168.1.5" in await addresses_served(port, tmp_path)
    network.addresses = ["10.42.0.1"]
    await polls.run()
    await polls.run()
    assert "10.42.0.1" in await addresses_served(port, tmp_path)


async def test_a_full_disk_is_logged_once_and_retried(
    polls: Polls, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = 0

    def full(*_: object) -> bool:
        nonlocal tried
        tried += 1
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(KeyFolder, "renew", full)
    for _ in range(4):
        await polls.run()
    assert tried >= 3
    assert caplog.text.count("No space left on device") == 1
