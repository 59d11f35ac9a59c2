"""llama.cpp's process keeps to itself, and ends with the process that started it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from inference.llama_cpp_engine.process import LlamaProcess

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")

SECONDS = 30.0
_HOLDER = """
import time
from inference.llama_cpp_engine.process import LlamaProcess
process = LlamaProcess()
print(process.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture(params=[True, False], ids=["inherited", "loopback"])
def process(request: pytest.FixtureRequest) -> Iterator[LlamaProcess]:
    made = LlamaProcess(request.param)
    yield made
    made.discard()
    assert made.ended(SECONDS)


def _load(process: LlamaProcess) -> str:
    """What it says to parameters that name no file."""
    process.connection.settimeout(SECONDS)
    process.connection.sendall(b'{"model.path": "/nowhere", "verbosity": 1}\n')
    with process.connection.makefile() as generated:
        return generated.readline()


def test_it_answers_over_its_socket_and_its_log_is_kept(process: LlamaProcess) -> None:
    assert _load(process).startswith('["RuntimeError"')
    process.connection.close()
    assert process.ended(SECONDS)
    assert "/nowhere" in process.log


def test_it_ends_when_its_socket_is_closed(process: LlamaProcess) -> None:
    process.connection.close()
    assert process.ended(SECONDS)
    assert process.exit_code == 0


def test_the_terminals_ctrl_c_and_a_stopping_service_are_for_the_server(
    process: LlamaProcess,
) -> None:
    assert os.getpgid(process.pid) != os.getpgid(0)
    _wait_until_it_listens(psutil.Process(process.pid))
    for each in (signal.SIGINT, signal.SIGTERM):
        os.kill(process.pid, each)
    assert not process.ended(0.3)


def test_it_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DEEPSEEK_API_KEY", "MYLLM_SECRET_KEY", "HF_TOKEN"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    process = LlamaProcess()
    assert _load(process)
    environment = psutil.Process(process.pid).environ()
    assert "secret" not in environment.values()
    assert environment["CUDA_VISIBLE_DEVICES"] == ""
    assert "secret" not in " ".join(psutil.Process(process.pid).cmdline())
    process.discard()
    assert process.ended(SECONDS)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it ends once it has loaded")
@pytest.mark.parametrize("is_busy", [False, True], ids=["idle", "deaf, as while a model loads"])
def test_it_ends_with_a_server_that_is_killed(is_busy: bool) -> None:
    holder = subprocess.Popen([sys.executable, "-c", _HOLDER], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    child = psutil.Process(int(holder.stdout.readline()))
    if is_busy:
        _wait_until_it_listens(child)
        child.suspend()
    holder.kill()
    holder.communicate()
    psutil.wait_procs([child], timeout=SECONDS)
    assert not child.is_running()


def _wait_until_it_listens(child: psutil.Process) -> None:
    """Then it has asked the system for that signal."""
    while "xllamacpp" not in " ".join(each.path for each in child.memory_maps()):
        assert child.is_running()


def test_a_connection_without_the_key_is_not_taken_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    strangers: list[socket.socket] = []
    listen = socket.create_server

    def met(address: tuple[str, int]) -> socket.socket:
        server = listen(address)
        stranger = socket.create_connection(server.getsockname())
        stranger.sendall(b"0" * 64)
        strangers.append(stranger)
        return server

    monkeypatch.setattr(socket, "create_server", met)
    process = LlamaProcess(is_inherited=False)
    (stranger,) = strangers
    assert stranger.recv(1) == b""
    assert _load(process)
    stranger.close()
    process.connection.close()
    assert process.ended(SECONDS)


def test_a_program_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(Path("/nowhere/python")))
    with pytest.raises(OSError, match="nowhere"):
        LlamaProcess()
