#!/usr/bin/env python3
"""A new user's first and second start: a clone, an empty HOME, and no developer's tool but Python.

    .ci/first_run.py [CHECKOUT] [--seconds N] [--question TEXT] [--models FOLDER]

Runs the README's first command in a fresh clone, waits for the page, sends the built-in model one
question over `ws/chat/`, stops the server and repeats that. `--models` receives the downloaded
models. The last line is the time it took; exits with 1 if something failed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

INSTALLED = ("python", "pip", "node", "npm", "npx", "uv", "gcc", "cc", "g++", "chrom", "git")
TRACEBACK = "Traceback (most recent call last)"
QUESTION = """
import asyncio, json, sys, websockets

async def main(port, question, seconds):
    text = ""
    async with websockets.connect(f"ws://127.0.0.1:{port}/ws/chat/") as socket:
        await socket.send(json.dumps({"message": question}))
        async with asyncio.timeout(seconds):
            async for message in socket:
                frame = json.loads(message)
                if frame["type"] == "error":
                    sys.exit(f"error: {frame['code']}: {frame['message']}")
                if frame["type"] == "stream":
                    text += frame["content"]
                if frame["type"] == "end":
                    break
    if not text.strip():
        sys.exit("the answer is empty")
    print(" ".join(text.split())[:120])

asyncio.run(main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3])))
"""


class RunError(Exception):
    """The failure in one line."""


class Server:
    """`python3 manage.py serve` in a clone, in a process group of its own."""

    def __init__(self, clone: Path, environ: dict[str, str], log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._log = log
        command = ["python3", "manage.py", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [shutil.which("python3", path=environ["PATH"]) or sys.executable, *command[1:]],
                cwd=clone,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for_page(self, deadline: float) -> None:
        while not self._answers():
            output = self.output()
            if TRACEBACK in output or self._process.poll() is not None:
                raise RunError(f"serve failed:\n{output[-4000:]}")
            if time.monotonic() > deadline:
                raise RunError(f"no page in time:\n{output[-4000:]}")
            time.sleep(0.2)

    def output(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """As Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            raise RunError("the server did not end within 15 s of Ctrl-C") from None
        if TRACEBACK in self.output():
            raise RunError(f"a traceback:\n{self.output()[-4000:]}")

    def kill(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2) as page:
                return bool(page.status == 200)
        except OSError:
            return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkout", nargs="?", default=".")
    parser.add_argument("--seconds", type=float, default=900, help="for both starts together")
    parser.add_argument("--question", default="你好，你是谁？")
    parser.add_argument("--models", type=Path, help="where to put what was downloaded")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="first-run-", ignore_cleanup_errors=True) as folder:
        try:
            play(wanted, Path(folder))
        except RunError as failure:
            print(f"first run: FAILED: {failure}", flush=True)
            return 1
    return 0


def play(wanted: argparse.Namespace, folder: Path) -> None:
    clone = folder / "MyLLM"
    subprocess.run(["git", "clone", "-q", wanted.checkout, clone], check=True)
    environ = bare_environment(folder)
    deadline = time.monotonic() + wanted.seconds
    for number in ("first", "second"):
        began = time.monotonic()
        server = Server(clone, environ, folder / f"{number}.log")
        try:
            server.wait_for_page(deadline)
            page = time.monotonic() - began
            answer = ask(clone, environ, server.port, wanted.question, deadline)
            answered = time.monotonic() - began
            server.stop()
        finally:
            server.kill()
        print(f"{number} run: page after {page:.1f} s, answered after {answered:.1f} s: {answer}")
    if wanted.models:
        keep_models(clone / "var" / "models", wanted.models)


def bare_environment(folder: Path) -> dict[str, str]:
    """Network settings, an empty HOME, and a PATH without developers' tools."""
    home = folder / "home"
    home.mkdir()
    programs = system_programs(folder / "bin")
    own = ("MYLLM_", "XDG_", "PYTHON", "VIRTUAL_ENV", "CI", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return kept | {"HOME": str(home), "PATH": str(programs), "PYTHONUNBUFFERED": "1"}


def system_programs(folder: Path) -> Path:
    """The system's programs and Python, without developers' tools."""
    folder.mkdir()
    (folder / "python3").symlink_to(os.path.realpath(sys.executable))
    for program in (*Path("/bin").iterdir(), *Path("/usr/bin").iterdir()):
        if not program.name.startswith(INSTALLED) and not (folder / program.name).is_symlink():
            (folder / program.name).symlink_to(program)
    return folder


def ask(clone: Path, environ: dict[str, str], port: int, question: str, deadline: float) -> str:
    python = clone / ".venv" / "bin" / "python"
    seconds = max(deadline - time.monotonic(), 1.0)
    answered = subprocess.run(
        [python, "-c", QUESTION, str(port), question, str(seconds)],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if answered.returncode:
        raise RunError(f"no answer: {answered.stderr.strip()[-2000:]}")
    return answered.stdout.strip()


def keep_models(downloaded: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in downloaded.glob("*.gguf"):
        shutil.copy2(file, folder / file.name)


if __name__ == "__main__":
    sys.exit(main())
