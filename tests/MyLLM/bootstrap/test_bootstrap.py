"""From a bare Python to a running command, with a substitute for Django, so without a network."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from MyLLM.bootstrap.pins import ROOT
from tests.hosting.sources.fake_sources import mute
from tests.hosting.sources.wheel import write_wheel
from tests.patience import PATIENCE

FAKE_DJANGO = {
    "django/__init__.py": "",
    "django/core/__init__.py": "",
    "django/core/exceptions.py": "class ImproperlyConfigured(Exception): pass",
    "django/core/management.py": (
        "import sys\ndef execute_from_command_line(argv): print('ran', argv[1], 'in', sys.prefix)\n"
    ),
}
CORE = """
fake-django==1.0 \\
    --hash={other} \\
    --hash={digest}
only-on-another-system==1.0 ; sys_platform == 'another' \\
    --hash={other}
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone whose one requirement is in a folder beside it."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("MyLLM", "hosting", "chat"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", folder)
    digest = write_wheel(folder / "wheels", "fake_django", FAKE_DJANGO)
    core = CORE.format(digest=digest, other=f"sha256:{'0' * 64}")
    (folder / "requirements-core.txt").write_text(core)
    (folder / "requirements.txt").write_text("-r requirements-core.txt\n")
    return folder


ENVIRON = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PIP_CONFIG_FILE": os.devnull}
COMMAND = [getattr(sys, "_base_executable", sys.executable), "manage.py", "check"]


def manage(clone: Path, wheels: str = "wheels") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        COMMAND,
        cwd=clone,
        env={**ENVIRON, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@contextmanager
def installing(clone: Path) -> Iterator[tuple[subprocess.Popen[str], list[psutil.Process]]]:
    """A command whose pip waits for an index that never answers, and its children."""
    with mute() as index:
        command = subprocess.Popen(
            COMMAND,
            cwd=clone,
            env={**ENVIRON, "PIP_INDEX_URL": index},
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        try:
            yield command, _with_pip(psutil.Process(command.pid))
        finally:
            command.kill()
            command.communicate()


def _with_pip(command: psutil.Process) -> list[psutil.Process]:
    while command.is_running():
        started = command.children(recursive=True)
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            if any(
                "pip" in process.cmdline() and "-I" not in process.cmdline() for process in started
            ):
                return started
        time.sleep(0.02)
    raise AssertionError("it ended before pip began")


def test_a_clone_is_installed_and_repaired(clone: Path) -> None:
    own = clone / ".venv"
    ran = f"ran check in {own}\n"

    # Without the package there is one sentence, and the next run continues.
    refused = manage(clone, wheels="nowhere")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].startswith("There is no fake-django==1.0")
    first = manage(clone)
    assert (first.returncode, first.stdout) == (0, ran), first.stderr

    # Installed already: nothing is installed or printed.
    again = manage(clone, wheels="nowhere")
    assert (again.stdout, again.stderr) == (ran, "")

    # Interrupted within a package: no stamp, half of the files, no INSTALLER.
    (own / "installed-by-myllm.txt").unlink()
    packages = next(own.glob("lib/python*/site-packages"))
    (packages / "django" / "core" / "management.py").unlink()
    (packages / "fake_django-1.0.dist-info" / "INSTALLER").unlink()
    assert manage(clone).stdout == ran

    # An environment without its Python is recreated.
    (own / "bin" / "python").unlink()
    assert manage(clone).stdout == ran


def test_a_wheel_that_is_not_the_one_of_the_release_is_refused(clone: Path) -> None:
    shutil.rmtree(clone / ".venv", ignore_errors=True)
    write_wheel(clone / "changed", "fake_django", {**FAKE_DJANGO, "django/evil.py": ""})
    refused = manage(clone, wheels="changed")
    assert refused.returncode == 1
    assert "fake-django==1.0" in refused.stderr.splitlines()[-1]
    assert "not the file MyLLM was released with" in refused.stderr.splitlines()[-1]
    assert not list((clone / ".venv").rglob("evil.py"))
    assert manage(clone).returncode == 0


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_pip_ends_with_the_command_that_was_ended(clone: Path, by: signal.Signals) -> None:
    for installed in (clone / ".venv").rglob("fake_django-*"):
        shutil.rmtree(installed)
    with installing(clone) as (command, left):
        command.send_signal(by)
        _, output = command.communicate(timeout=PATIENCE)
        assert psutil.wait_procs(left, timeout=PATIENCE)[1] == []
    assert "Traceback" not in output
    if by == signal.SIGINT:
        assert (command.returncode, output.splitlines()[-1]) == (130, "Cancelled.")
