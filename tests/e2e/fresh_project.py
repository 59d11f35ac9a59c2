"""A project as `startproject` makes it, in an environment that has the wheel alone, with the lines
of docs/django.md added.
"""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live.live_server import ROOT, free_port
from tests.patience import PATIENCE

NAME = "shop"
USER, PASSWORD = "alice", "correct horse battery"
_BLOCK = re.compile(r"```python\n# (?P<file>\w+\.py)\n(?P<lines>.*?)```", re.DOTALL)
_TEST_SETTINGS = '\nMYLLM["MODELS"] = ["scripted"]\nLOGIN_URL = "/admin/login/"\n'
_START_SECONDS = 120
_POLL_SECONDS = 0.1


class FreshProject:
    """`folder` is empty before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / NAME
        self._python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
        self.port = free_port()

    def make(self) -> None:
        """The environment, the project, its tables, and a user who may see its admin."""
        above = self.folder.parent
        self._run(
            sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(above), str(ROOT)
        )
        venv.create(above / "env", with_pip=True)
        (wheel,) = above.glob("myllm-*.whl")
        self._run(str(self._python), "-m", "pip", "install", "-q", str(wheel))
        self._run(str(self._python), "-m", "django", "startproject", NAME)
        for file, lines in _BLOCK.findall((ROOT / "docs" / "django.md").read_text("utf-8")):
            with (self.folder / NAME / file).open("a", encoding="utf-8") as opened:
                opened.write(f"\n{lines}")
        with (self.folder / NAME / "settings.py").open("a", encoding="utf-8") as opened:
            opened.write(_TEST_SETTINGS)
        self.manage("migrate")
        self.manage("createsuperuser", "--noinput", "--username", USER, "--email", "a@b.example")

    def manage(self, *words: str) -> str:
        """What the project's command prints; it must succeed."""
        return self._run(str(self._python), str(self.folder / "manage.py"), *words)

    @contextmanager
    def served(self) -> Iterator[str]:
        """By uvicorn; the address of its site."""
        command = [str(self._python), "-m", "uvicorn", f"{NAME}.asgi:application"]
        with (self.folder.parent / "log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                cwd=self.folder,
                env=_environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._wait(process)
            yield f"http://127.0.0.1:{self.port}"
        finally:
            process.kill()
            process.wait()

    def _run(self, *command: str) -> str:
        ended = subprocess.run(
            command,
            cwd=self.folder.parent,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not _answers(self.port):
            log = (self.folder.parent / "log").read_text(errors="replace")
            assert process.poll() is None, log
            assert time.monotonic() < deadline, log
            time.sleep(_POLL_SECONDS)


def _environment() -> dict[str, str]:
    """Nothing of this project or its settings."""
    left_out = ("MYLLM_", "DJANGO_", "PYTEST_", "PYTHON", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return kept | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/chat/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
