"""Commands refer to the running server, whichever port it was started with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chat.ownership.lock import FolderLock
from chat.ownership.owner import Owner
from MyLLM.running import follow_running_server


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Path]:
    """The data folder of `serve --port 8313 --tls`."""
    lock = FolderLock(tmp_path)
    assert lock.take()
    lock.describe(Owner(address="http://localhost:8313/", https_port=8314))
    yield tmp_path
    lock.release()


@pytest.mark.parametrize("command", ["pair", "doctor"])
def test_its_ports_are_taken(running: Path, command: str) -> None:
    environ = {"MYLLM_PORT": "8000"}
    follow_running_server(["manage.py", command], environ, running)
    assert environ == {
        "MYLLM_HOST": "0.0.0.0",
        "MYLLM_PORT": "8313",
        "MYLLM_TLS": "1",
        "MYLLM_TLS_PORT": "8314",
    }


def test_a_server_of_one_address_is_meant_at_that_address(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    assert lock.take()
    lock.describe(Owner(address="http://192.168.1.5:8313/"))
    environ: dict[str, str] = {"MYLLM_TLS": "1"}
    follow_running_server(["manage.py", "pair"], environ, tmp_path)
    lock.release()
    assert environ == {"MYLLM_HOST": "192.168.1.5", "MYLLM_PORT": "8313", "MYLLM_TLS": "0"}


def test_what_a_killed_server_left_is_ignored(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    assert lock.take()
    lock.describe(Owner(address="http://localhost:8313/"))
    lock.release()
    environ: dict[str, str] = {}
    follow_running_server(["manage.py", "pair"], environ, tmp_path)
    assert environ == {}


@pytest.mark.parametrize(
    "argv", [["pair", "--port", "9000"], ["doctor", "--port=9000"], ["serve"], []]
)
def test_a_port_that_is_named_and_other_commands_are_left_alone(
    running: Path, argv: list[str]
) -> None:
    environ: dict[str, str] = {}
    follow_running_server(["manage.py", *argv], environ, running)
    assert environ == {}


def test_without_a_server_the_settings_count(tmp_path: Path) -> None:
    environ: dict[str, str] = {}
    follow_running_server(["manage.py", "pair"], environ, tmp_path)
    assert environ == {}
