import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from hosting.terminal.child import follow
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[3]


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_lines_and_the_exit_code_come_back() -> None:
    lines: list[str] = []
    outcome = follow(python("import sys; print('一', flush=True); sys.exit('two')"), lines.append)
    assert [line for line in lines if line] == ["一", "two"]
    assert (outcome.code, outcome.output) == (1, "一\ntwo\n")


def test_a_silent_child_ticks(tmp_path: Path) -> None:
    goes_on = tmp_path / "goes-on"
    waits = f"import os, time\nwhile not os.path.exists({str(goes_on)!r}): time.sleep(0.01)"
    ticks: list[str] = []

    def see(line: str) -> None:
        ticks.append(line)
        goes_on.touch()

    assert follow(python(waits), see).code == 0
    assert ticks == [""]


def test_a_child_gets_no_input() -> None:
    assert follow(python("input()"), lambda _: None).code == 1


def test_a_missing_program_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        follow([tmp_path / "nothing"], lambda _: None)


WITH_GRANDCHILD = """
import os, subprocess, sys, time
inner = "import time; print('grandchild', flush=True); time.sleep(600)"
grandchild = subprocess.Popen([sys.executable, "-c", inner])
print(os.getpid(), grandchild.pid, flush=True)
time.sleep(600)
"""
FOLLOWER = f"""
from hosting.terminal.child import follow
import sys
follow([sys.executable, "-c", {WITH_GRANDCHILD!r}], lambda line: print(line, flush=True))
"""


@contextmanager
def following() -> Iterator[tuple[subprocess.Popen[str], list[psutil.Process]]]:
    """A process that follows a child which has a child, and those two."""
    parent = subprocess.Popen(
        python(FOLLOWER), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert parent.stdout is not None
    lines = [line for line in (parent.stdout.readline().strip() for _ in range(4)) if line]
    pids = next(line.split() for line in lines if line != "grandchild")
    try:
        yield parent, [psutil.Process(int(pid)) for pid in pids]
    finally:
        parent.kill()
        parent.communicate()


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_outlives_the_following_process(by: signal.Signals) -> None:
    with following() as (parent, left):
        parent.send_signal(by)
        parent.wait(PATIENCE)
        _, alive = psutil.wait_procs(left, timeout=PATIENCE)
    assert alive == []


def test_only_the_follower_receives_control_c_of_the_terminal() -> None:
    with following() as (parent, left):
        assert os.getpgid(parent.pid) not in {os.getpgid(process.pid) for process in left}
        assert os.getsid(parent.pid) not in {os.getsid(process.pid) for process in left}


def test_control_c_leaves_no_thread_with_an_error() -> None:
    with following() as (parent, _):
        parent.send_signal(signal.SIGINT)
        _, errors = parent.communicate(timeout=PATIENCE)
    assert "KeyboardInterrupt" in errors.splitlines()[-1]
    assert "_pump" not in errors


def test_what_the_reader_raises_ends_the_child() -> None:
    left: list[psutil.Process] = []

    def refuse(line: str) -> None:
        if line[:1].isdigit():
            left.extend(psutil.Process(int(pid)) for pid in line.split())
            raise LookupError

    with pytest.raises(LookupError):
        follow(python(WITH_GRANDCHILD), refuse)
    assert len(left) == 2
    assert psutil.wait_procs(left, timeout=PATIENCE)[1] == []


def test_the_signal_that_ended_it_comes_back() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert follow(python(code), lambda _: None).code == -signal.SIGTERM


def test_what_a_program_left_running_is_not_waited_for() -> None:
    leaves = WITH_GRANDCHILD.removesuffix("time.sleep(600)\n") + "sys.exit(3)"
    assert follow(python(leaves), lambda _: None).code == 3


def test_descriptors_are_inherited(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "file", os.O_RDWR | os.O_CREAT)
    code = f"import os; os.write({descriptor}, b'written')"
    outcome = follow(python(code), lambda _: None, keep_open=[descriptor])
    os.close(descriptor)
    assert (outcome.code, (tmp_path / "file").read_text()) == (0, "written")


def test_a_missing_folder_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nothing"):
        follow([sys.executable], lambda _: None, cwd=tmp_path / "nothing")
