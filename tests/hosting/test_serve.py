"""`serve` as a person runs it: a process, its output, its exit code."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chat.terminal.refusal import Refusal
from hosting.management.commands import serve
from MyLLM.bootstrap.pins import ROOT
from tests.patience import PATIENCE

WITHOUT_BUILDING = """
import sys
from hosting.page import build
build.ensure_page = lambda *places: None
import manage
sys.argv = ["manage.py", "serve", *sys.argv[1:]]
manage.main()
"""
LAST_LINE = "Ctrl-C stops the server.\n"


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def serving(data: Path, *flags: str) -> Iterator[subprocess.Popen[str]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MYLLM_")}
    process = subprocess.Popen(
        [sys.executable, "-c", WITHOUT_BUILDING, *flags],
        cwd=ROOT,
        env={
            **kept,
            "LANGUAGE": "en",
            "MYLLM_DATA_DIR": str(data),
            "MYLLM_MODELS": "scripted",
            "MYLLM_MDNS_NAME": "",  # not announced in the test's network
            "DJANGO_SETTINGS_MODULE": "MyLLM.settings",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def printed_until_listening(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    lines = list(iter(process.stdout.readline, LAST_LINE))
    assert process.poll() is None, process.stderr and process.stderr.read()
    return "".join(lines)


def answers(port: int) -> bool:
    """Whether HTTP is answered there, whatever the status of an unbuilt page is."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return connection.recv(8) == b"HTTP/1.1"


@pytest.mark.parametrize("stopping", [signal.SIGINT, signal.SIGTERM])
def test_it_listens_prints_where_and_ends_cleanly(
    tmp_path: Path, port: int, stopping: signal.Signals
) -> None:
    with serving(tmp_path, "--port", str(port)) as process:
        assert f"http://localhost:{port}/" in printed_until_listening(process)
        assert answers(port)
        process.send_signal(stopping)
        assert process.wait(timeout=PATIENCE) == 0
        assert process.stderr
        assert "Traceback" not in process.stderr.read()


def test_an_open_server_shows_a_code(tmp_path: Path, port: int) -> None:
    with serving(tmp_path, "--port", str(port), "--open") as process:
        printed = printed_until_listening(process)
    assert "without pairing" in printed or "join a Wi-Fi" in printed
    assert ("█" in printed) == ("On a phone" in printed)


def test_a_port_in_use_is_reported_before_anything_is_created(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with serving(tmp_path, "--port", str(taken)) as process:
            _, output = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert output.startswith(f"Port {taken} is in use")
    assert output.count("\n") == 1
    assert not list(tmp_path.glob("*.sqlite3"))


@pytest.mark.parametrize(
    ("flags", "names"),
    [
        (["--port", "many"], "MYLLM_PORT"),
        (["--port", "70000"], "MYLLM_PORT"),
        (["--model", "no-such-model"], "MYLLM_MODELS"),
    ],
)
def test_a_wrong_setting_is_one_sentence(tmp_path: Path, flags: list[str], names: str) -> None:
    with serving(tmp_path, *flags) as process:
        _, output = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert names in output
    assert output.count("\n") == 1


def test_another_computers_address_is_one_sentence(tmp_path: Path, port: int) -> None:
    with serving(tmp_path, "--host", "192.0.2.77", "--port", str(port)) as process:
        _, output = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert output.startswith("192.0.2.77 is no address of this computer")


@pytest.mark.skipif(os.name != "posix", reason="owners of this kind are POSIX's")
def test_files_of_another_user_that_prevent_the_build_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*places: Path) -> None:
        raise Refusal("npm ERR! code EACCES")

    packages = tmp_path / "node_modules"
    packages.mkdir()
    monkeypatch.setattr(serve, "CLIENT", tmp_path)
    monkeypatch.setattr(serve, "ensure_page", fails)
    with pytest.raises(Refusal, match="EACCES"):
        serve._build_page()
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, way: path != packages and real(path, way))
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(Refusal, match=rf"chown -R \S+ {packages}"):
        serve._build_page()
