"""One member's long writes beside another's messages, and interrupted by the server's end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.live_server import LiveServer
from tests.live.member_with_history import (
    HISTORY,
    PairedMember,
    history,
    invite_member,
    messages_in,
    remove,
    upload,
)
from tests.live.remote_caller import call
from tests.live.steady_sender import send_while

_COUNT = 1500
_SETTINGS = {"PAIRING": 1, "OPEN": 0, "MODELS": "scripted", "RUNS_PER_DEVICE": 1000}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    with LiveServer(tmp_path, **_SETTINGS) as made:  # type: ignore[arg-type]
        yield made
        assert "Traceback" not in made.log, made.log


def _is_out(server: LiveServer, member: PairedMember) -> bool:
    return call(server, "GET", "/api/v1/me", **member.headers)[0] == 401


async def test_nobody_is_refused_beside_an_import_and_a_removal(server: LiveServer) -> None:
    member = invite_member(server)

    async def imported() -> None:
        status, imported_counts = await upload(server, member, history(_COUNT))
        assert (status, imported_counts["messages"]) == (200, _COUNT)

    async def removed() -> None:
        await remove(server, member)
        assert _is_out(server, member)

    for happens in (imported, removed):
        sends = await send_while(server, happens)
        assert sends.refused == []
        assert len(sends.accepted) > 5
    assert messages_in(server, HISTORY) == 0


async def _until_some(server: LiveServer, *, fewer_than: int | None = None) -> None:
    """Until an import has begun, or with `fewer_than` a removal."""
    while True:
        count = await asyncio.to_thread(messages_in, server, HISTORY)
        if 0 < count < (fewer_than or _COUNT):
            return


async def test_an_import_cut_by_the_servers_death_is_completed_by_another(
    server: LiveServer,
) -> None:
    member = invite_member(server)
    importing = asyncio.create_task(upload(server, member, history(_COUNT)))
    await _until_some(server)
    server.stop(signal.SIGKILL)
    with pytest.raises(OSError):  # noqa: PT011 - whichever way the connection ended
        await importing
    server.start()
    status, imported_counts = await upload(server, member, history(_COUNT))
    assert status == 200
    assert imported_counts["messages"] + imported_counts["known"] == _COUNT
    assert imported_counts["known"] > 0
    assert (await upload(server, member, history(_COUNT)))[1]["known"] == _COUNT


async def test_a_removal_cut_by_the_servers_death_is_finished_by_the_next(
    server: LiveServer,
) -> None:
    member = invite_member(server)
    await upload(server, member, history(_COUNT))
    removing = asyncio.create_task(remove(server, member))
    await _until_some(server, fewer_than=_COUNT)
    server.stop(signal.SIGKILL)
    server.start()
    assert _is_out(server, member)
    await removing
    assert messages_in(server, HISTORY) == 0
