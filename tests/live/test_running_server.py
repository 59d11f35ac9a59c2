"""Commands beside a running server: they find it, whichever program and options started it."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from chat.network.addresses import reachable
from tests.builtin_models import offer
from tests.live.live_server import SERVE, LiveServer
from tests.live.terminal import typed

APPLICATION = "MyLLM.asgi:application"
EVERYWHERE = "0.0.0.0"
COMMANDS = {
    "serve": SERVE,
    "uvicorn": ("-m", "uvicorn", APPLICATION, "--host", EVERYWHERE, "--port"),
    "daphne": ("-m", "daphne", APPLICATION, "-b", EVERYWHERE, "-p"),
    "runserver": ("manage.py", "runserver", "--noreload"),
}


def _server(folder: Path, command: Sequence[str], **settings: str) -> LiveServer:
    made = LiveServer(folder, command, MODELS="scripted/plain", HOST=EVERYWHERE, **settings)
    if command == COMMANDS["runserver"]:
        made._command.append(f"{EVERYWHERE}:{made.port}")
    elif command != SERVE:
        made._command.append(str(made.port))
    return made


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_pair_and_doctor_find_it(tmp_path: Path, command: Sequence[str]) -> None:
    with _server(tmp_path, command) as server:
        port = server.port
        examined = typed(tmp_path, "doctor", HOST="", MODELS="scripted/plain", PAIRING="1")
        shown = typed(tmp_path, "pair", HOST="", MODELS="scripted/plain", PAIRING="1")
    assert f"Port {port}: MyLLM is running there" in examined.stdout, examined.stdout
    assert shown.returncode == 0, shown.stderr
    for address in reachable(EVERYWHERE):
        assert f":{port}/#pair=" in shown.stdout, address


def test_one_that_was_killed_is_not_found_any_more(tmp_path: Path) -> None:
    with _server(tmp_path, SERVE) as server:
        port = server.port
        server.stop(signal.SIGKILL)
        examined = typed(tmp_path, "doctor", MODELS="scripted/plain")
    assert str(port) not in examined.stdout
    assert "the server is not running" in examined.stdout


@pytest.mark.model
def test_doctor_and_the_page_show_the_same_memory(tmp_path: Path, builtin_file: Path) -> None:
    offer(tmp_path, builtin_file)
    before = typed(tmp_path, "doctor", MODELS="smollm2").stdout
    reckoned = _megabytes(before)
    with LiveServer(tmp_path, MODELS="smollm2") as server:
        while (model := server.get("/api/v1/models")["models"][0])["state"] != "ready":
            time.sleep(0.2)
        assert _megabytes(typed(tmp_path, "doctor", MODELS="smollm2").stdout) == round(
            model["memory"] / 1e6
        )
    assert reckoned == pytest.approx(model["memory"] / 1e6, rel=0.25)


def _megabytes(examined: str) -> int:
    found = re.search(r"the models need about (\d+) MB", examined)
    assert found, examined
    return int(found[1])
