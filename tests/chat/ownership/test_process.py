from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from chat.ownership import process
from chat.ownership.process import ProcessState, process_state

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell")


@pytest.fixture(params=["/proc", "ps"])
def child(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[subprocess.Popen[bytes]]:
    """A program, for systems that have /proc and for those that have not."""
    if request.param == "ps":
        monkeypatch.setattr(process, "_PROC", Path("/no-such-folder"))
    with subprocess.Popen(["sleep", "60"]) as started:
        yield started
        started.kill()


def test_a_process_is_running_then_suspended_then_ended(child: subprocess.Popen[bytes]) -> None:
    assert process_state(os.getpid()) is ProcessState.RUNNING
    psutil.Process(child.pid).suspend()
    while psutil.Process(child.pid).status() != psutil.STATUS_STOPPED:
        pass
    assert process_state(child.pid) is ProcessState.SUSPENDED
    child.kill()
    child.wait()
    assert process_state(child.pid) is ProcessState.ENDED


def test_a_zombie_has_ended(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    while psutil.Process(child.pid).status() != psutil.STATUS_ZOMBIE:
        pass
    assert process_state(child.pid) is ProcessState.ENDED
