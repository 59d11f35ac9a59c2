"""Fill a data folder by the code of version 0.1, through its sockets and its API, and kill it.

The fixture in `from_0_1/` was made with commit 254765eb68b0dd2d14cd925b50ff8917b848e944, the last
one before 0.2.0, checked out beside this project:

    git worktree add ../myllm-0.1 254765eb68b0dd2d14cd925b50ff8917b848e944
    python -m tests.upgrade.fill ../myllm-0.1

0.1 runs in this interpreter, with today's versions of the packages that it needs.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.live.live_server import SERVE, LiveServer
from tests.live.remote_caller import REMOTE, call, pair
from tests.upgrade.conversations import fill_member, fill_owner
from tests.upgrade.listing import listing
from tests.upgrade.old_data import Device, Expected, keep
from tests.upgrade.unfinished import kill_in_the_middle

_MEMBER = "小明 Ming"
_PASSWORD = "a password of the fixture"


def fill(checkout: Path) -> None:
    """Raises `AssertionError` where 0.1 does not answer as it should."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with LiveServer(folder, SERVE, checkout, **_SETTINGS) as server:  # type: ignore[arg-type]
            found = asyncio.run(_filled(server, checkout))
        keep(folder, found)


_SETTINGS = {
    "MODELS": "scripted",
    "SLOTS": 1,
    "OPEN": 0,
    "PAIRING": 1,
    "PUBLIC_URL": "http://myllm.example",
}


async def _filled(server: LiveServer, checkout: Path) -> Expected:
    """The server is restarted before the end: its log of writes is then merged into the database,
    and what is left in the log is what the last moments wrote.
    """
    tokens = {"owner": pair(server)["token"], "member": _member(server)}
    await fill_owner(server, tokens["owner"])
    await fill_member(server, tokens["member"])
    key = _key(server, checkout)
    server.stop(signal.SIGINT)
    server.start()
    devices = {name: Device(token, listing(server, token)) for name, token in tokens.items()}
    unfinished = await kill_in_the_middle(server, tokens)
    return Expected(_commit(checkout), _MEMBER, _PASSWORD, key, devices, unfinished)


def _member(server: LiveServer) -> str:
    """The token of a new member's tablet, paired by the code of a QR picture."""
    wanted = {"name": _MEMBER, "colour": "#3366cc"}
    _, member = call(server, "POST", "/api/v1/members", wanted)
    limits = {"password": _PASSWORD, "messages_per_day": 500}
    call(server, "PATCH", f"/api/v1/members/{member['id']}", limits)
    _, invited = call(server, "POST", "/api/v1/devices/code", {"member": member["id"]})
    code = invited["addresses"][0]["url"].partition("#pair=")[2]
    redeemed = {"code": code, "name": "平板 Tablet"}
    status, made = call(server, "POST", "/api/v1/pair", redeemed, **REMOTE)
    assert status == 201, made
    token: str = made["token"]
    return token


def _key(server: LiveServer, checkout: Path) -> str:
    """Made in the terminal beside the server, as `apikey` does."""
    command = [sys.executable, "manage.py", "apikey", "create", "脚本 Script"]
    beside = {**os.environ, "MYLLM_DATA_DIR": str(server.folder), "MYLLM_PAIRING": "1"}
    return subprocess.check_output(command, cwd=checkout, env=beside, text=True).strip()


def _commit(checkout: Path) -> str:
    return subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=checkout, text=True).strip()


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
